/** Charging sessions whose peers are connected here: asked to ask again after a renewal, and told to end where we ended them. */
import type { GyDoor } from '#channels/gy';
import { readEndedSession, sessionsToAsk } from '#domain/charging';
import type { Metrics } from '#platform/metrics';
import type { House } from '../house/index.ts';
import type { OpenNchfDoor } from './open-nchf-door.ts';

type Heard = (payload: string | undefined) => Promise<void>;

/** The outbox tells again within so long: whoever has asked since the first telling knows already. */
const TOLD_AGAIN_MS = 10_000;
const TOLD_MAX = 10_000;

/**
 * Asks those of peers that are connected here (RAR); another node asks those of its own. Consumers of Nchf hold no connection: whoever
 * served the session asks it, and at the second telling, whoever hears that it has not asked yet.
 */
export function createAsker({ tools }: House, gy: GyDoor, nchf: OpenNchfDoor): Heard {
  const toldAt = new Map<string, Date>();
  return async (payload = '') => {
    const now = tools.clock.transport();
    const before = toldAt.get(payload);
    const first = before !== undefined && now.getTime() - before.getTime() < TOLD_AGAIN_MS ? before : now;
    if (toldAt.size >= TOLD_MAX) toldAt.clear();
    toldAt.set(payload, first);
    const sessions = (await sessionsToAsk(tools.database, payload, first)) ?? [];
    const again = first !== now;
    await Promise.all(
      sessions.map((session) => {
        if (session.notify !== null) return again || nchf.hasServed(session) ? nchf.reauthorise(session) : undefined;
        return gy.server.connection(session.peer) === undefined ? undefined : gy.reauthorise(session);
      }),
    );
  };
}

/** Tells the peer of a session that we ended (ASR, ABORT_CHARGING), where it is reached from here; it is over whatever it answers. */
export function createAborter({ tools, log }: House, gy: GyDoor, nchf: OpenNchfDoor, metrics: Metrics): Heard {
  const overruns = metrics.counter(
    'everline_charging_overruns_total',
    'Sessions that were stopped because their peer let through too much that nobody paid for, since this node started, of all nodes.',
  );
  return async (payload) => {
    const session = await readEndedSession(tools.database, payload);
    if (session === undefined) return;
    const { peer, reference, reason, notify } = session;
    // Worth somebody's attention, whoever reaches the peer (G6).
    if (reason === 'stopped') {
      overruns.add({ peer });
      log.warn(
        { peer, session: reference },
        'a session was stopped: its peer let through more than was granted, past the limit of its profile',
      );
    }
    if (notify === null ? gy.server.connection(peer) === undefined : !nchf.hasServed(session)) return;
    // An end is of the whole session, whatever its rating groups.
    await (notify === null ? gy.abort(session) : nchf.abort({ ...session, groups: [] }));
    log.info({ peer, session: reference, reason }, 'a session that we ended was aborted at its peer');
  };
}
