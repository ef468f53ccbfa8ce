/**
 * Every endpoint × everybody who may ask (S1). A door says what its endpoints are; an endpoint without rows, and a row without an
 * endpoint, fail the test. What is refused as unknown must be the very answer that nothing at all gets, and no refusal may hold
 * anything of the line or its people.
 */
import assert from 'node:assert/strict';
import { linkOf } from '#domain/orders';
import type { DoorHouse } from '#tests/doors';
import { ASKERS, type AskerName, type Ids, openScene, type Scene, writtenForms } from './open-scene.ts';

/** Refused with the very answer that asking for nothing gets. */
export const UNKNOWN = 'unknown';

/** What each asker gets: a name of an outcome of the door, or `UNKNOWN`. */
export type Expected = Readonly<Record<AskerName, string>>;

export const all = (outcome: string): Expected => each(outcome, outcome, outcome, outcome, outcome);

/** In the order of `ASKERS`. */
export function each(anonymous: string, other: string, payer: string, user: string, owner: string): Expected {
  return { anonymous, other, payer, user, owner };
}

export type Row<Asking, Answer> = {
  readonly what: string;
  readonly expected: Expected;
  /** `ids` are once the line's, once of nothing; `real` are always the line's. */
  ask(asking: Asking, ids: Ids, real: Scene['ids'], codes: Scene['codes']): Promise<Answer>;
  /** The address is the permission: who holds it is shown what it is of. */
  readonly byAddress?: boolean;
  /** It changes who has to do with the line: a scene of its own. */
  readonly fresh?: boolean;
};

export type Told = { readonly status: number; readonly text: string };

export type Door<Asking, Answer> = {
  readonly endpoints: readonly string[];
  readonly publicUrl: string;
  /** The asker as they come in. */
  enter(scene: Scene, asker: AskerName): Promise<Asking>;
  /** In a word: "shown", a refusal's code, … */
  outcomeOf(answer: Answer): string;
  tell(answer: Answer): Told;
};

export async function tryMatrix<Asking, Answer>(
  doors: DoorHouse,
  door: Door<Asking, Answer>,
  matrix: Readonly<Record<string, readonly Row<Asking, Answer>[]>>,
): Promise<void> {
  assert.deepEqual(Object.keys(matrix).toSorted(), door.endpoints.toSorted(), 'each endpoint stands in the matrix, and no other');
  const common = await openScene(doors, door.publicUrl);
  const wrong: string[] = [];
  for (const [endpoint, rows] of Object.entries(matrix)) {
    for (const row of rows) {
      const scene = row.fresh === true ? await openScene(doors, door.publicUrl) : common;
      for (const asker of ASKERS) {
        const said = await tryOne(door, row, scene, asker);
        wrong.push(...said.map((flaw) => `${endpoint}, ${row.what}, as ${asker}: ${flaw}`));
      }
    }
  }
  assert.deepEqual(wrong, []);
}

async function tryOne<Asking, Answer>(
  door: Door<Asking, Answer>,
  row: Row<Asking, Answer>,
  scene: Scene,
  asker: AskerName,
): Promise<string[]> {
  const answer = await row.ask(await door.enter(scene, asker), scene.ids, scene.ids, scene.codes);
  const expected = row.expected[asker];
  const { status, text } = door.tell(answer);
  const outcome = door.outcomeOf(answer);
  const leaks = foreignTo(asker, scene, row.byAddress === true).filter((one) => one.test(text));
  const tells = leaks.map((one) => `tells ${one}`);
  if (expected !== UNKNOWN) return [...(outcome === expected ? [] : [`${outcome} ${status}, not ${expected}`]), ...tells];
  const nothing = door.tell(await row.ask(await door.enter(scene, asker), scene.nobodys, scene.ids, scene.codes));
  const isSame = status >= 400 && status === nothing.status && bare(text, scene) === bare(nothing.text, scene);
  return [...(isSame ? [] : [`${outcome} ${status} is not what nothing gets, ${nothing.status}`]), ...tells];
}

/** What was asked for, and what is by chance. */
function bare(text: string, { ids, nobodys }: Scene): string {
  const asked = [...Object.values(ids), ...Object.values(nobodys)];
  return asked.reduce((rest, one) => rest.replaceAll(one, '…'), text).replaceAll(/name="key" value="[^"]+"|href="\/l\/[^"]+"/g, '');
}

/** What this asker must not be told, in whatever answer. */
function foreignTo(asker: AskerName, { people, ids, balance, ends }: Scene, byAddress: boolean): RegExp[] {
  const owns = asker === 'owner';
  const others = (Object.keys(people) as (keyof typeof people)[]).filter((name) => name !== asker);
  const ofPeople = others.flatMap((who) => {
    const { name, email, last4, amount, paid } = people[who];
    const ofOrder = byAddress && who === 'owner' ? [] : [last4, linkOf(paid), ...(owns ? [] : [amount])];
    // Who else has to do with the line is its owner's to know, by name; nobody reads another's address.
    return [email, ...(owns && who !== 'other' ? [] : [name]), ...ofOrder];
  });
  const ofLine = owns || asker === 'user' ? [] : [...writtenForms(ids.number), balance, ...ends];
  const ofOwner = owns ? [] : [ids.method, ids.signIn, ids.passkey];
  return [...ofPeople, ...ofLine, ...ofOwner].map((text) => new RegExp(`(?<![\\w-])${text.replaceAll(/[.+()]/g, '\\$&')}(?![\\w-])`));
}
