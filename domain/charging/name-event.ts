/** How an event is named between its answer and its refund. */
import { slotOf } from '#platform/ids';
import type { SessionKey } from './session.ts';

export type EventKey = SessionKey & { readonly key: string };

/** What an event's answer says, and a refund of it brings back. */
export function nameEvent({ accountId, sessionId }: SessionKey, key: string): string {
  return `${accountId}/${sessionId}/${key}`;
}

const NAME = /^(\d{1,18})\/(\d{1,18})\/(.{1,200})$/;

/** Undefined: nothing that we ever said. */
export function readEventName(name: string | undefined): EventKey | undefined {
  const [, account, session, key] = NAME.exec(name ?? '') ?? [];
  if (account === undefined || session === undefined || key === undefined) return undefined;
  const accountId = BigInt(account);
  return { slot: slotOf(accountId), accountId, sessionId: BigInt(session), key };
}
