/** What a charging node tells at /metrics: requests by door and result, how long they took, what was lost, who is connected. */
import type { GyDoor } from '#channels/gy';
import { type ChargingEngine, countDifferences, countOpenSessions, type EmergencyEngine, listPeers, readLosses } from '#domain/charging';
import type { Metrics } from '#platform/metrics';
import type { House } from '../house/index.ts';

/** Around what the field expects of an answer: 50 ms, judged at p99; 10 s is Tx. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** What is recorded may be committed a little later, and clocks differ by two seconds at most. */
const SETTLED_MS = 10_000;
const OPEN_EVERY_MS = 15_000;

/** Up to the most that one batch takes. */
const BATCHES = [1, 2, 4, 8, 16, 32, 64];

/** Told by the engine of each batch: how many requests one commit carries says how far from its limit a node is. */
export function measureBatches(metrics: Metrics): (requests: number) => void {
  const name = 'everline_charging_batch_requests';
  const batches = metrics.histogram(name, 'Requests that were charged together, in one commit.', BATCHES);
  return (requests) => batches.observe({}, requests);
}

export type MeasuredDoor = (door: string, engine: ChargingEngine) => ChargingEngine;

/** Gives the engine of each door its counters. */
export function measureDoors(metrics: Metrics): MeasuredDoor {
  const requests = metrics.counter('everline_charging_requests_total', 'Requests of the network, by door, kind, operation and result.');
  const seconds = metrics.histogram('everline_charging_answer_seconds', 'Time from a request to its answer, by door.', SECONDS);
  const waiting = new Map<string, number>();
  metrics.gauge('everline_charging_waiting', 'Requests that are not answered yet, by door: the queue.', () =>
    [...waiting].map(([door, value]) => ({ labels: { door }, value })),
  );
  return (door, engine) => {
    waiting.set(door, 0);
    const wait = (by: 1 | -1) => waiting.set(door, (waiting.get(door) ?? 0) + by);
    return {
      async charge(request) {
        const fromMs = performance.now();
        wait(1);
        try {
          const answer = await engine.charge(request);
          requests.add({ door, kind: request.kind, operation: request.operation, result: answer.result });
          return answer;
        } finally {
          wait(-1);
          seconds.observe({ door }, (performance.now() - fromMs) / 1000);
        }
      },
      close: () => engine.close(),
    };
  };
}

export function measurePeers(metrics: Metrics, { tools }: House, gy: GyDoor): void {
  const counters = () => [...gy.server.counters()].map(([peer, of]) => ({ peer, of }));
  metrics.gauge('everline_peer_up', 'Whether a peer that is let in is connected to this node.', async () =>
    (await listPeers(tools.database)).map(({ originHost }) => ({
      labels: { peer: originHost },
      value: gy.server.connection(originHost) === undefined ? 0 : 1,
    })),
  );
  const told = [
    ['everline_peer_requests_total', 'Requests that came from a peer.', 'requestsIn'],
    ['everline_peer_malformed_total', 'Messages of a peer in which something was wrong.', 'malformed'],
    ['everline_peer_unanswered_total', 'Requests of ours that a peer never answered.', 'unanswered'],
    ['everline_peer_connections_total', 'Connections of a peer that were agreed on.', 'connections'],
    ['everline_peer_received_octets_total', 'Octets that came from a peer.', 'octetsIn'],
    ['everline_peer_sent_octets_total', 'Octets that went to a peer.', 'octetsOut'],
  ] as const;
  for (const [name, help, what] of told)
    metrics.gauge(name, help, () => counters().map(({ peer, of }) => ({ labels: { peer }, value: of[what] })), 'counter');
  metrics.gauge(
    'everline_peer_answers_total',
    'Answers to a peer, by Result-Code.',
    () => counters().flatMap(({ peer, of }) => [...of.answersOut].map(([code, value]) => ({ labels: { peer, code: `${code}` }, value }))),
    'counter',
  );
  metrics.gauge('everline_peer_refused_total', 'Connections that were not let in.', () => [{ value: gy.server.refused() }], 'counter');
}

/** Of the whole installation, told by every node alike: not to be summed over nodes. */
export function measureSessions(metrics: Metrics, { tools }: House): void {
  let [openAtMs, open] = [Number.NEGATIVE_INFINITY, [] as Awaited<ReturnType<typeof countOpenSessions>>];
  metrics.gauge('everline_charging_sessions_open', 'Charging sessions that are open, by peer and kind, of all nodes.', async () => {
    if (performance.now() - openAtMs > OPEN_EVERY_MS) [openAtMs, open] = [performance.now(), await countOpenSessions(tools.database)];
    return open.map(({ peer, kind, count }) => ({ labels: { peer, kind }, value: count }));
  });
  const lost = createLossCount(tools);
  metrics.gauge(
    'everline_charging_lost_units_total',
    'Octets, seconds or messages that were used and nobody paid for, since this node started, of all nodes.',
    async () => [...(await lost()).units].map(([kind, value]) => ({ labels: { kind }, value })),
    'counter',
  );
  metrics.gauge(
    'everline_charging_lost_money_minor_total',
    'What that would have cost where it has a price, in minor units, since this node started, of all nodes.',
    async () => [...(await lost()).money].map(([currency, value]) => ({ labels: { currency }, value })),
    'counter',
  );
  metrics.gauge(
    'everline_charging_differences_total',
    'Requests that came again with another content, and were answered as before, since this node started, of all nodes.',
    async () => [{ value: (await lost()).differences }],
    'counter',
  );
}

/** Each is counted once, whoever asks at once. */
function createLossCount({ database, clock }: House['tools']) {
  const [units, money] = [new Map<string, bigint>(), new Map<string, bigint>()];
  const settled = () => new Date(clock.transport().getTime() - SETTLED_MS);
  let [since, differences] = [settled(), 0n];
  let reading: Promise<void> | undefined;
  const read = async () => {
    const until = settled();
    if (until <= since) return;
    for (const { kind, currency, units: lost, minor } of await readLosses(database, { since, until })) {
      units.set(kind, (units.get(kind) ?? 0n) + lost);
      if (minor > 0n) money.set(currency, (money.get(currency) ?? 0n) + minor);
    }
    differences += await countDifferences(database, { since, until });
    since = until;
  };
  return async () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    await reading;
    return { units, money, differences };
  };
}

export function measureEmergency(metrics: Metrics, engine: EmergencyEngine): void {
  const told = [
    ['everline_emergency_answers_total', 'Answers given while the database was away.', 'answered', 'counter'],
    ['everline_emergency_granted_octets_total', 'Octets granted while the database was away.', 'grantedOctets', 'counter'],
    ['everline_emergency_refused_total', 'Requests that were given nothing while the database was away.', 'refused', 'counter'],
    ['everline_emergency_replayed_total', 'Answers of an emergency that are charged by now.', 'replayed', 'counter'],
    ['everline_emergency_waiting', 'Answers of an emergency that wait to be charged.', 'waiting', 'gauge'],
    ['everline_emergency_today_octets', "Octets that count towards this node's cap of the day.", 'todayOctets', 'gauge'],
  ] as const;
  for (const [name, help, what, kind] of told) metrics.gauge(name, help, () => [{ value: engine.figures()[what] }], kind);
}
