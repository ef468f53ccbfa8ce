/**
 * A one-time code is made and sent (S2): six digits, good for ten minutes, five tries and one use, bound to the request that
 * asked for it, whose secret stays with whoever asked. What rests here is a keyed hash; what travels to the sender is sealed.
 * Nobody is looked up: names that are known and unknown get the same answer by the same work.
 */
import { MINUTE_MS } from '#platform/clock';
import { statement } from '#platform/database';
import { SLOT_COUNT } from '#platform/ids';
import { encodeJson } from '#platform/json';
import type { Language } from '#platform/messages';
import { writeEvents } from '#platform/outbox';
import { secretToken, systemRandom } from '#platform/random';
import type { Refusal } from '#platform/refusals';
import type { Contact, PeopleTools } from './people.ts';
import { refuse } from './refusals.ts';
import { hashOf } from './sign-in.ts';
import { type CodeLimits, spendCode } from './spend-budget.ts';

/**
 * enter: signing in or up. reset: choosing a new password. prove: step-up. contact: a new address or number. link: a line.
 * The message says which, so that nobody reads out a code for something else than they think.
 */
export type CodePurpose = 'enter' | 'reset' | 'prove' | 'contact' | 'link';

/** The payload of `people.code`; `sealed` opens for the purpose `CODE_SEAL` until the code is too old. */
export type CodeFacts = { readonly language: Language; readonly to: Contact; readonly purpose: CodePurpose; readonly sealed: string };

export type CodeRequest = {
  readonly purpose: CodePurpose;
  readonly contact: Contact;
  readonly language: Language;
  /** Where the request came from, as budgets count it. */
  readonly source: string;
  /** Whose request it is, where somebody is signed in. */
  readonly personId?: bigint | undefined;
  /** What the code is for, given back when it is redeemed. */
  readonly subject?: object | undefined;
};

/** `request` is the secret that the code works with; it stays in the browser that asked. */
export type CodeAsked = { readonly request: string; readonly expiresAt: Date };

const insertCode = statement<{
  requestHash: Buffer;
  purpose: CodePurpose;
  kind: string;
  value: string;
  holder: string | null;
  personId: bigint | null;
  subject: string | null;
  codeMark: string;
  at: Date;
  expiresAt: Date;
}>(import.meta.dirname, 'insert-code');

export const CODE_LIFE_MS = 10 * MINUTE_MS;
export const CODE_SEAL = 'people.code';
const CODE_DIGITS = 6;

/** Refuses `people.too_many_codes`, with the minutes until there is budget again. */
export async function askCode(
  tools: PeopleTools,
  asked: CodeRequest,
  limits?: CodeLimits,
): Promise<CodeAsked | Refusal<'people.too_many_codes'>> {
  const { purpose, contact, language, source, personId, subject } = asked;
  const minutes = await spendCode(tools, contact, source, limits);
  if (minutes !== undefined) return refuse('people.too_many_codes', { minutes });
  const request = secretToken();
  const code = String(systemRandom.below(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
  const at = tools.clock.transport();
  const expiresAt = new Date(at.getTime() + CODE_LIFE_MS);
  const { kind, value, holder } = contact;
  // Of nobody yet: the event lives in a place of its own.
  const place = personId ?? tools.mintId(systemRandom.below(Number(SLOT_COUNT)));
  const slot = Number(place % SLOT_COUNT);
  const payload: CodeFacts = { language, to: { kind, value, holder }, purpose, sealed: tools.sealer.seal(CODE_SEAL, code, expiresAt) };
  await tools.database.transaction(async (tx) => {
    await Promise.all([
      tx.query(insertCode, {
        ...{ requestHash: hashOf(request), purpose, kind, value, holder, personId: personId ?? null, at, expiresAt },
        subject: subject === undefined ? null : encodeJson(subject),
        codeMark: markOf(tools, request, code),
      }),
      writeEvents(tx, [{ slot, accountId: place, eventId: tools.mintId(slot), kind: 'people.code', payload, at: tools.clock.business() }]),
    ]);
  });
  return { request, expiresAt };
}

/** Of a code with its request, under the installation's key: a million codes are soon tried by whoever has only the table. */
export function markOf({ sealer }: Pick<PeopleTools, 'sealer'>, request: string, code: string): string {
  return sealer.mark('people.code', `${request} ${code}`);
}
