/**
 * The packet core of the Gy bench, a process of its own: the mix of requests as Diameter over TCP. Told by its parent what to do,
 * one thing at a time, and tells what it measured.
 */
import { APPLICATION, type Avps, avp, connectDiameter, type PeerConnection, RESULT, valuesOf } from '#channels/diameter';
import type { ChargingAnswer, ChargingRequest } from '#domain/charging';
import { assert } from '#platform/assert';
import { OffsetClock } from '#platform/clock';
import { createLog } from '#platform/log';
import { type Latencies, loadOf } from './load.ts';
import { openSessions, type Played, playSessions } from './play-sessions.ts';

export type PlayerOrder =
  | { readonly do: 'open'; readonly port: number; readonly lines: readonly Played[]; readonly clients: number }
  | { readonly do: 'saturate'; readonly clients: number; readonly seconds: number }
  | { readonly do: 'pace'; readonly clients: number; readonly seconds: number; readonly perSecond: number }
  | { readonly do: 'end' };
export type PlayerReport = { readonly latencies?: Latencies; readonly used: bigint; readonly processorMs: number };

export const BENCH_PEER = 'smf.bench.example';
const REALM = 'bench.example';
const TYPE = valuesOf('CC-Request-Type');
const TYPES = { begin: TYPE.INITIAL_REQUEST, update: TYPE.UPDATE_REQUEST, end: TYPE.TERMINATION_REQUEST } as const;
const SUBSCRIPTION = valuesOf('Subscription-Id-Type');
const MULTIPLE = valuesOf('Multiple-Services-Indicator').MULTIPLE_SERVICES_SUPPORTED;
const { LOGOUT } = valuesOf('Termination-Cause');

function chargeOver(connection: PeerConnection): (request: ChargingRequest) => Promise<ChargingAnswer> {
  return async (request) => {
    const outcome = await connection.request('Credit-Control', creditControl(request));
    assert(outcome.kind === 'answered', `a request of the bench is answered, not ${outcome.kind}`);
    const { answer } = outcome;
    const isDone = answer.get('Result-Code') === RESULT.SUCCESS;
    const granted = answer.get('Multiple-Services-Credit-Control')?.get('Granted-Service-Unit')?.get('CC-Total-Octets') ?? null;
    const item = { ratingGroup: 10, serviceIdentifier: null, result: 'success', granted, validitySeconds: null } as const;
    const items = [{ ...item, threshold: null, tariffChangeAt: null, final: false, speed: 'full' } as const];
    return { result: isDone ? 'success' : 'rating_failed', items };
  };
}

function creditControl({ reference, operation, number, line, items }: ChargingRequest): Avps {
  const [item] = items;
  return [
    avp('Session-Id', reference),
    avp('Destination-Realm', REALM),
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('Service-Context-Id', '32251@3gpp.org'),
    avp('CC-Request-Type', TYPES[operation as keyof typeof TYPES]),
    avp('CC-Request-Number', Number(number)),
    avp('Subscription-Id', [avp('Subscription-Id-Type', SUBSCRIPTION.END_USER_IMSI), avp('Subscription-Id-Data', line.imsi ?? '')]),
    operation === 'end' ? avp('Termination-Cause', LOGOUT) : undefined,
    avp('Multiple-Services-Indicator', MULTIPLE),
    avp('Multiple-Services-Credit-Control', [
      item?.asked === undefined ? undefined : avp('Requested-Service-Unit', []),
      item?.used === undefined ? undefined : avp('Used-Service-Unit', [avp('CC-Total-Octets', item.used)]),
      avp('Rating-Group', 10),
    ]),
  ];
}

async function open({ port, lines, clients }: Extract<PlayerOrder, { do: 'open' }>) {
  const connection = await connectDiameter({
    ...{ host: '127.0.0.1', port, clock: new OffsetClock(), log: createLog(2, 'error') },
    identity: { originHost: BENCH_PEER, originRealm: REALM, productName: 'Everline bench', vendorId: 0, originStateId: 1 },
    applications: [{ id: APPLICATION.CREDIT_CONTROL, vendor: 0, takes: [] }],
    onRequest: () => ({ resultCode: RESULT.UNABLE_TO_COMPLY }),
  });
  const plays = playSessions(lines, BENCH_PEER);
  const charge = chargeOver(connection);
  const one = () => plays.next(charge);
  await openSessions(plays, one, clients);
  return { connection, plays, load: loadOf(one) };
}

let opened: Awaited<ReturnType<typeof open>> | undefined;

async function obey(order: PlayerOrder): Promise<Latencies | undefined> {
  if (order.do === 'open') {
    opened = await open(order);
    return undefined;
  }
  assert(opened !== undefined, 'sessions are opened first');
  if (order.do === 'saturate') return opened.load.saturate(order);
  if (order.do === 'pace') return opened.load.pace(order);
  await opened.connection.part();
  return undefined;
}

process.on('message', (order: PlayerOrder) => {
  const before = process.cpuUsage();
  obey(order).then(
    (latencies) => {
      const { user, system } = process.cpuUsage(before);
      const report: PlayerReport = { used: opened?.plays.used ?? 0n, processorMs: (user + system) / 1000, ...(latencies && { latencies }) };
      process.send?.(report);
      if (order.do === 'end') process.disconnect();
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
