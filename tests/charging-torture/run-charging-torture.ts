/** One run from the first line to the verdict: open, load and harm, heal, ask again, compare. */
import { APPLICATION, connectDiameter, type Message, type PeerConnection, RESULT } from '#channels/diameter';
import { endSilentSessions } from '#domain/charging';
import { sweepExpiredHolds } from '#domain/ledger';
import { HOUR_MS } from '#platform/clock';
import { createLog } from '#platform/log';
import { seededRandom } from '#platform/random';
import type { House } from '../../apps/house/index.ts';
import { CORES, DISORDER, driveCores, sharedBy, startCores } from './drive-cores.ts';
import { type ChargingVerdict, judge } from './judge.ts';
import { type Asked, type ChargingModel, createModel, digestOf, nameOf } from './keep-model.ts';
import type { ChargingTortureOptions } from './options.ts';
import { type ChargingWorld, startWorld, withHouse } from './start-world.ts';
import type { ChargingNodeCounts } from './supervise-nodes.ts';

export type ChargingTortureResult = ChargingVerdict & {
  readonly requests: number;
  readonly counts: ChargingModel['counts'];
  readonly disorder: typeof DISORDER;
  readonly nodes: ChargingNodeCounts;
  readonly postgresAwayMs: readonly number[];
  readonly endedBySilence: number;
  readonly askedAgain: number;
  readonly answerMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly seconds: { readonly opening: number; readonly driving: number; readonly healing: number; readonly judging: number };
};

/** Longer than any profile lets a session be silent (G5). */
const SILENT_MS = 3 * HOUR_MS;
/** Asked again at once, and how often when a node has too much to do. */
const AGAIN_AT_ONCE = 32;
const AGAIN_TRIES_MAX = 10;

export async function runChargingTorture(options: ChargingTortureOptions, print: (line: string) => void): Promise<ChargingTortureResult> {
  const lap = stopwatch();
  const world = await startWorld(options, print);
  let isClean = false;
  try {
    const result = await torture(world, options, { print, lap });
    isClean = result.wrong.length === 0;
    return result;
  } finally {
    await world.stop(!isClean);
    if (!isClean) print(`Logs and database are kept in ${world.folder}.`);
  }
}

type Telling = { readonly print: (line: string) => void; readonly lap: () => number };

async function torture(world: ChargingWorld, options: ChargingTortureOptions, { print, lap }: Telling): Promise<ChargingTortureResult> {
  const model = createModel(world.lines, new Set(sharedBy(world.lines).map(({ imsi }) => imsi)));
  const opening = lap();
  print(`${world.lines.length} lines opened in ${opening} s; now their phones use data.`);
  const cores = startCores(world, model, options.seed);
  world.nodes.cutCommits(options.cutOneIn);
  const { awayMs } = await driveCores(world, cores, { options, print });
  const driving = lap();
  print(`${cores.sent()} requests in ${driving} s; now all harm ends.`);
  world.nodes.cutCommits(0);
  await world.nodes.whole();
  for (const core of cores.all) {
    core.setDisorder({});
    await core.connect();
    await core.stopAll();
    await core.close();
  }
  const requests = cores.sent();
  const askedAgain = await askAgain(world, model, options);
  const nodes = world.nodes.counts();
  const diedByThemselves = [...world.nodes.diedByThemselves];
  await world.nodes.stop();
  return withHouse(world.connection, async (house) => {
    const endedBySilence = await endAll(house);
    const healing = lap();
    print(`Healed in ${healing} s; now the books are compared.`);
    const { wrong, compared } = await judge(
      { database: house.tools.database, connection: world.postgres.connection, lines: world.lines },
      model,
    );
    return {
      wrong: [...wrong, ...diedByThemselves, ...world.postgres.complaints()],
      ...{ compared, requests, counts: model.counts, disorder: DISORDER, nodes, postgresAwayMs: awayMs, endedBySilence, askedAgain },
      answerMs: spread(model.answerMs),
      seconds: { opening, driving, healing, judging: lap() },
    };
  });
}

/** What was answered once is answered so for ever, by whichever node (G1). */
async function askAgain({ nodes }: ChargingWorld, model: ChargingModel, { askedAgain, seed }: ChargingTortureOptions): Promise<number> {
  const random = seededRandom(seed + 5);
  const answered = [...model.asked.values()].filter(({ answer }) => answer !== undefined);
  const clock = { business: () => new Date(), transport: () => new Date() };
  let asked = 0;
  for (const [place, port] of nodes.ports.entries()) {
    const originHost = CORES[place % CORES.length]?.originHost ?? '';
    const own = answered.filter(({ peer }) => peer === originHost);
    const connection = await connectDiameter({
      ...{ host: '127.0.0.1', port, clock, log: createLog(2, 'silent'), onRequest: () => ({ resultCode: RESULT.SUCCESS }) },
      // Its earlier life: nothing that was begun has been forgotten.
      identity: { originHost, originRealm: 'torture.example', productName: 'torture', vendorId: 0, originStateId: 1 },
      applications: [{ id: APPLICATION.CREDIT_CONTROL, vendor: 0, takes: ['Re-Auth', 'Abort-Session'] }],
    });
    const wanted = Math.min(own.length, Math.ceil(askedAgain / nodes.ports.length));
    const chosen = Array.from({ length: wanted }, () => own[random.below(own.length)] as Asked);
    const next = async () => {
      for (let one = chosen.pop(); one !== undefined; one = chosen.pop()) {
        const answer = await untilDecided(connection, one, random.below(2) === 0);
        if (answer === undefined || digestOf(answer) !== one.answer)
          model.wrong.push(
            `G1: ${nameOf(one.peer, one.sessionId, one.key)} was answered ${one.resultCode}, and then ${answer?.get('Result-Code')}`,
          );
        asked += 1;
      }
    };
    await Promise.all(Array.from({ length: AGAIN_AT_ONCE }, next));
    connection.drop();
  }
  return asked;
}

/** Told to come again (3004), it comes again. Undefined: nothing was decided. */
async function untilDecided(connection: PeerConnection, one: Asked, isRetransmitted: boolean): Promise<Message | undefined> {
  for (let tried = 0; tried < AGAIN_TRIES_MAX; tried += 1) {
    const outcome = await connection.request('Credit-Control', one.avps, { isRetransmitted });
    if (outcome.kind !== 'answered') return undefined;
    if (outcome.answer.get('Result-Code') !== RESULT.TOO_BUSY) return outcome.answer;
  }
  return undefined;
}

/** What no core ended is ended by us when it has been silent for long enough (G5). */
async function endAll({ tools }: House): Promise<number> {
  const { clock } = tools;
  const later = { ...tools, clock: { business: () => clock.business(), transport: () => new Date(Date.now() + SILENT_MS) } };
  const ended = await endSilentSessions(later);
  await sweepExpiredHolds(tools.database, later.clock.transport(), later.clock.business());
  return ended.length;
}

function spread(times: readonly number[]): { p50: number; p99: number; max: number } {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function stopwatch(): () => number {
  let since = performance.now();
  return () => {
    const seconds = Math.round((performance.now() - since) / 100) / 10;
    since = performance.now();
    return seconds;
  };
}
