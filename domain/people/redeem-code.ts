/** A code is redeemed with the request that asked for it: once, by five tries at most, within ten minutes (S2). */
import { timingSafeEqual } from 'node:crypto';
import { statement, type Transaction } from '#platform/database';
import { decodeJson } from '#platform/json';
import { isRefusal, type Refusal } from '#platform/refusals';
import { type CodePurpose, markOf } from './ask-code.ts';
import type { Contact, PeopleTools } from './people.ts';
import { refuse } from './refusals.ts';
import { hashOf } from './sign-in.ts';

type Key = { requestHash: Buffer };
type CodeRow = Contact & {
  readonly purpose: CodePurpose;
  readonly personId: bigint | null;
  readonly subject: unknown;
  readonly codeMark: string;
  readonly tries: number;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
};
const lockCode = statement<Key>(import.meta.dirname, 'lock-code');
const readCode = statement<Key, CodeRow>(import.meta.dirname, 'read-code');
const countTry = statement<Key>(import.meta.dirname, 'count-try');
const useCode = statement<Key & { at: Date }>(import.meta.dirname, 'use-code');

export const CODE_TRIES_MAX = 5;

export type CodeTyped = { readonly request: string; readonly code: string };
export type CodeRefusal = Refusal<'people.code_wrong' | 'people.code_spent'>;
/** What the code proved: the contact, and the subject it was asked with. */
export type Proven = { readonly contact: Contact; readonly subject: unknown; readonly requestHash: Buffer };

/**
 * Runs `work` in the transaction that uses the code up; when `work` refuses, the code stays unused. Refuses `people.code_wrong` with the tries
 * left, and `people.code_spent` alike for used, old, tried out, unknown, and asked for another purpose or by somebody else.
 */
export async function redeemCode<Done>(
  tools: PeopleTools,
  typed: CodeTyped & { readonly purpose: CodePurpose; readonly personId?: bigint | undefined },
  work: (tx: Transaction, proven: Proven) => Promise<Done>,
): Promise<Done | CodeRefusal> {
  const at = tools.clock.transport();
  const requestHash = hashOf(typed.request);
  const outcome = await tools.database.transaction(async (tx) => {
    const [, row] = await Promise.all([tx.query(lockCode, { requestHash }), tx.maybe(readCode, { requestHash })]);
    const isOurs = row !== undefined && row.purpose === typed.purpose && row.personId === (typed.personId ?? null);
    if (!isOurs || row.usedAt !== null || row.expiresAt <= at || row.tries >= CODE_TRIES_MAX) return refuse('people.code_spent');
    if (!isRight(tools, typed, row)) {
      // Not refused inside: a wrong try must be committed, or there would be no end of them.
      await tx.query(countTry, { requestHash });
      return { left: CODE_TRIES_MAX - row.tries - 1 };
    }
    await tx.query(useCode, { requestHash, at });
    const { kind, value, holder } = row;
    const subject = row.subject === null ? undefined : decodeJson<unknown>(row.subject);
    const done = await work(tx, { contact: { kind, value, holder }, subject, requestHash });
    return isRefusal(done) ? done : { done };
  });
  if (isRefusal(outcome)) return outcome as Done | CodeRefusal;
  if ('done' in outcome) return outcome.done;
  return outcome.left > 0 ? refuse('people.code_wrong', { left: outcome.left }) : refuse('people.code_spent');
}

/** People type codes with spaces, and in full-width digits. */
function isRight(tools: PeopleTools, { request, code }: CodeTyped, row: CodeRow): boolean {
  const typed = markOf(tools, request, code.normalize('NFKC').replace(/[\s-]/g, ''));
  return timingSafeEqual(Buffer.from(typed), Buffer.from(row.codeMark));
}
