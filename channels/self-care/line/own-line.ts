/** From an address to a line of whoever is signed in: found among theirs, so that nobody else's is there at all (S1). */
import type { Asker, RefusalView } from '#channels/web';
import { type Action, ALLOWED, type LineOfPerson, linesOfPerson } from '#domain/access';
import type { Market } from '#domain/catalog';
import { type LineEventRow, type LineKey, type LineWithQueue, readAdvanced, readHappenings } from '#domain/lines';
import { present } from '#platform/assert';
import { formatId } from '#platform/ids';
import { formatNumber } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { refuse } from '../refusals.ts';
import { tellRefusal } from '../tell-refusal.ts';

/** How a line of one's own stands in an address: it opens nothing by itself. */
export function lineIdOf({ lineId }: Pick<LineKey, 'lineId'>): string {
  return formatId('line', lineId);
}

export type OwnLine = {
  readonly personId: bigint;
  readonly key: LineOfPerson;
  readonly state: LineWithQueue;
  readonly market: Market;
  readonly now: Date;
  /** All lines of its account, this one among them. */
  readonly ofAccount: readonly LineOfPerson[];
  may(action: Action): boolean;
};

/** The line with this id, for who may do `action` on it; as time has made it by now. */
export async function openOwnLine(desk: Desk, asker: Asker, id: string, action: Action): Promise<OwnLine | RefusalView> {
  const { house } = desk;
  if (asker.signIn === undefined) return tellRefusal(refuse('self-care.sign_in_needed'), asker);
  const { personId } = asker.signIn;
  const lines = await linesOfPerson(house.database, personId);
  const key = lines.find((line) => lineIdOf(line) === id);
  if (key === undefined || !ALLOWED[key.role].includes(action)) return tellRefusal(refuse('self-care.not_yours'), asker);
  return readOwnLine(desk, personId, key, lines);
}

/** A line that was found among all the person's (`lines`); what they may of it is the caller's to ask. */
export async function readOwnLine({ house }: Desk, personId: bigint, key: LineOfPerson, lines: readonly LineOfPerson[]): Promise<OwnLine> {
  const now = house.clock.business();
  const { state } = await readAdvanced(house.database, house.catalog(), key, now);
  const market = present(house.catalog().market(state.line.market, now), 'a line is of a market that is in the catalogue');
  const ofAccount = lines.filter(({ slot, accountId }) => slot === key.slot && accountId === key.accountId);
  return { personId, key, state, market, now, ofAccount, may: (one) => ALLOWED[key.role].includes(one) };
}

export function isNone(line: object): line is RefusalView {
  return 'refused' in line || isRefusal(line);
}

export function ofLine(id: string, { state, market, now }: OwnLine) {
  return { id, number: formatNumber(state.line.number), zone: market.zone, now };
}

/** When it came from another account; what was before stands there, and is whose account that is. Undefined: it began here. */
export function joinedIn([first]: readonly LineEventRow[]): Date | undefined {
  return first?.event === 'join' ? first.at : undefined;
}

/** For a page that says from when on it tells, where that is since the join. */
export async function whenJoined({ house }: Desk, { key }: OwnLine): Promise<{ readonly joinedAt?: Date }> {
  const joinedAt = joinedIn(await readHappenings(house.database, key));
  return joinedAt === undefined ? {} : { joinedAt };
}
