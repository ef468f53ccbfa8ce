/** Charging sessions whose peers are connected here: asked to ask again after a renewal, and told to end where we ended them. */
import type { GyDoor } from '#channels/gy';
import { readEndedSession, sessionsToAsk } from '#domain/charging';
import type { House } from '../house/index.ts';

type Heard = (payload: string | undefined) => Promise<void>;

/** The outbox tells again within so long: whoever has asked since the first telling knows already. */
const TOLD_AGAIN_MS = 10_000;
const TOLD_MAX = 10_000;

/** Asks those of peers that are connected here (RAR); another node asks those of its own. */
export function createAsker({ tools }: House, gy: GyDoor): Heard {
  const toldAt = new Map<string, Date>();
  return async (payload = '') => {
    const now = tools.clock.transport();
    const before = toldAt.get(payload);
    const first = before !== undefined && now.getTime() - before.getTime() < TOLD_AGAIN_MS ? before : now;
    if (toldAt.size >= TOLD_MAX) toldAt.clear();
    toldAt.set(payload, first);
    const sessions = (await sessionsToAsk(tools.database, payload, first)) ?? [];
    await Promise.all(sessions.filter(({ peer }) => gy.server.connection(peer) !== undefined).map((session) => gy.reauthorise(session)));
  };
}

/** Tells the peer of a session that we ended (ASR), where it is connected here; the session is over whatever it answers. */
export function createAborter({ tools, log }: House, gy: GyDoor): Heard {
  return async (payload) => {
    const session = await readEndedSession(tools.database, payload);
    if (session === undefined || gy.server.connection(session.peer) === undefined) return;
    const { kind } = await gy.abort(session);
    log.info(
      { peer: session.peer, session: session.reference, reason: session.reason, answer: kind },
      'a session that we ended was aborted',
    );
  };
}
