/**
 * A session that we ended: the node that holds its peer tells it (Abort-Session, ABORT_CHARGING), whichever process ended it. Heard with
 * the commit. Of those whose peer has lost them there is nobody to tell.
 */
import type { Queries } from '#platform/database';
import { statement } from '#platform/database';
import { slotOf } from '#platform/ids';
import type { EndedSession } from './end-sessions.ts';
import type { SessionKey } from './session.ts';

/** What nodes listen to (LISTEN). */
export const SESSION_ENDED_CHANNEL = 'everline_session_ended';

const tellEndedRow = statement<{ payload: string }>(import.meta.dirname, 'tell-ended');
const readEndedRow = statement<SessionKey, EndedSession>(import.meta.dirname, 'read-ended');

export async function tellEnded(queries: Queries, { accountId, sessionId, reason }: EndedSession): Promise<void> {
  if (reason === 'ended' || reason === 'peer_restarted') return;
  await queries.query(tellEndedRow, { payload: `${accountId}.${sessionId}` });
}

/** Which session was meant; undefined where it is none that has ended. */
export async function readEndedSession(queries: Queries, payload: string | undefined): Promise<EndedSession | undefined> {
  const [, account, session] = /^(\d{1,19})\.(\d{1,19})$/.exec(payload ?? '') ?? [];
  if (account === undefined || session === undefined) return undefined;
  const accountId = BigInt(account);
  return queries.maybe(readEndedRow, { slot: slotOf(accountId), accountId, sessionId: BigInt(session) });
}
