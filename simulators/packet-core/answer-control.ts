/**
 * For whoever runs it, and for tests: what the core knows, and what it shall do next. The state is the core's own, so that
 * it can be held against our books.
 */
import { ORDER } from './courier.ts';
import type { PacketCore } from './packet-core.ts';
import type { Session } from './session.ts';
import type { Traffic } from './traffic.ts';

export type Told = { readonly status: number; readonly body: object };

export function stateOf(core: PacketCore) {
  const sessions = core.sessions.map((session) => sessionState(core, session));
  const sum = (name: 'granted' | 'passed' | 'reported' | 'unknown' | 'throughputKbps') =>
    sessions.reduce((total, one) => total + one[name], 0);
  return {
    at: new Date(core.nowMs).toISOString(),
    profile: core.profile.code,
    door: core.door,
    connected: core.links.some(({ isConnected }) => isConnected),
    trouble: core.links.find(({ trouble }) => trouble !== undefined)?.trouble ?? null,
    totals: {
      open: sessions.filter(({ phase }) => phase === 'open').length,
      granted: sum('granted'),
      passed: sum('passed'),
      reported: sum('reported'),
      unknown: sum('unknown'),
      throughputKbps: sum('throughputKbps'),
    },
    disorder: core.courier.disorder,
    requests: core.courier.counts,
    sessions,
  };
}

/** Octets as numbers: what fits a laptop's run fits them. */
function sessionState(core: PacketCore, session: Session) {
  const { facts, phase, sessionId, speedKbps, throughputKbps, totals, lastRefusal, subscriber, services } = session;
  return {
    imsi: facts.imsi,
    number: facts.e164 ?? null,
    visitedNetwork: facts.visitedNetwork ?? null,
    phase,
    sessionId: sessionId ?? null,
    traffic: subscriber.traffic,
    apps: subscriber.openApps(core.nowMs),
    /** What its policy function was told last; null: nothing. */
    policy: core.policy?.statusOf(session) ?? null,
    speedKbps: speedKbps ?? null,
    throughputKbps,
    sessions: totals.sessions,
    requests: totals.requests,
    /** How often it was asked to ask again, and did. */
    reauthorised: totals.reauthorised,
    granted: Number(totals.granted),
    passed: Number(totals.passed),
    reported: Number(totals.reported),
    // Passed, and the charging system never said that it heard of it.
    unknown: Number(totals.unknown),
    services: services.map(({ ratingGroup, state, left, terms, redirectedTo }) => ({
      ratingGroup: ratingGroup ?? null,
      state,
      left: Number(left),
      final: terms?.final ?? null,
      redirectedTo: redirectedTo ?? null,
    })),
    refusals: Object.fromEntries(session.refusals),
    refused: lastRefusal === undefined ? null : { resultCode: lastRefusal.resultCode, at: new Date(lastRefusal.atMs).toISOString() },
  };
}

type Body = { readonly imsi?: unknown; readonly traffic?: unknown; readonly kbps?: unknown; readonly network?: unknown };

/** Undefined when the path is none of ours. `imsi` is an IMSI or a number; left out, all subscribers are meant. */
export function answerControl(core: PacketCore, method: string, path: string, text: string): Told | undefined {
  const call = `${method} ${path}`;
  if (call === 'GET /' || call === 'GET /_simulator' || call === 'GET /_simulator/state') return { status: 200, body: stateOf(core) };
  const verb = /^POST \/_simulator\/(start|stop|traffic|speed|move|disorder)$/.exec(call)?.[1];
  if (verb === undefined) return undefined;
  const body = readBody(text);
  if (body === undefined) return wrong('the body is a JSON object');
  if (verb === 'disorder') return setDisorder(core, body);
  const sessions = body.imsi === undefined ? core.sessions : [core.find(String(body.imsi))].filter((one) => one !== undefined);
  if (sessions.length === 0) return { status: 404, body: { error: `nobody has ${String(body.imsi)}` } };
  const act = ACTS[verb as keyof typeof ACTS](body);
  if (typeof act === 'string') return wrong(act);
  for (const session of sessions) act(session);
  return { status: 200, body: { sessions: sessions.map((session) => sessionState(core, session)) } };
}

/** What each verb does with a session, or what its body should have been. */
const ACTS: Readonly<Record<'start' | 'stop' | 'traffic' | 'speed' | 'move', (body: Body) => ((session: Session) => void) | string>> = {
  start: () => (session) => session.start(),
  stop: () => (session) => session.stop(),
  traffic: ({ traffic }) =>
    isTraffic(traffic)
      ? (session) => {
          session.subscriber.traffic = traffic;
        }
      : 'traffic is {"kind":"usual","appetite":1}, {"kind":"idle"}, {"kind":"steady","kbps":500} or {"kind":"run_dry","kbps":6000}',
  speed: ({ kbps }) =>
    kbps === null || isPositive(kbps)
      ? (session) => {
          session.speedKbps = kbps ?? undefined;
        }
      : 'kbps is a number above 0, or null for no limit',
  move: ({ network }) =>
    network === null || (typeof network === 'string' && /^\d{5,6}$/.test(network))
      ? (session) => {
          session.facts.visitedNetwork = network ?? undefined;
          session.reauthorise();
        }
      : 'network is MCC and MNC, "20801", or null for home',
};

function setDisorder(core: PacketCore, body: object): Told {
  const unknown = Object.entries(body).find(([name, value]) => !Object.hasOwn(ORDER, name) || typeof value !== 'number' || value < 0);
  if (unknown !== undefined) return wrong(`disorder has ${Object.keys(ORDER).join(', ')}, each a number from 0 on`);
  core.setDisorder(body);
  return { status: 200, body: core.courier.disorder };
}

function readBody(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isTraffic(value: unknown): value is Traffic {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if (value.kind === 'idle') return true;
  if (value.kind === 'usual') return 'appetite' in value && isPositive(value.appetite);
  return (value.kind === 'steady' || value.kind === 'run_dry') && 'kbps' in value && isPositive(value.kbps);
}

function isPositive(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0;
}

function wrong(error: string): Told {
  return { status: 422, body: { error } };
}
