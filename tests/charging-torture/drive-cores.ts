/**
 * The load: two packet cores that ask both nodes in disorder, for lines of which they share a third, while somebody does harm
 * at the points of the plan. Their time is turned by hand, some twenty times as fast as it is.
 */
import type { Clock } from '#platform/clock';
import { createLog } from '#platform/log';
import { type Random, seededRandom } from '#platform/random';
import { type Disorder, PacketCore } from '#simulators/packet-core';
import type { ChargingModel } from './keep-model.ts';
import type { TorturedLine } from './open-lines.ts';
import { type ChargingTortureOptions, planHarm } from './options.ts';
import type { ChargingWorld } from './start-world.ts';

export const CORES = [
  { originHost: 'core-a.torture.example', profile: 'standard' },
  { originHost: 'core-b.torture.example', profile: 'open5gs' },
] as const;

/** In percent of the requests. */
export const DISORDER: Disorder = {
  losePercent: 2,
  loseAnswerPercent: 2,
  repeatPercent: 12,
  repeatLatePercent: 4,
  overtakePercent: 3,
  renumberPercent: 30,
  delayMsMax: 0,
  flagPercent: 50,
};

const TURN_MS = 40;
const TURN_SIMULATED_MS = 1_000;
const TX_MS = 400;
const TRIES_MAX = 4;
const CLOCK: Clock = { business: () => new Date(), transport: () => new Date() };

export type Cores = {
  readonly all: PacketCore[];
  /** Of those that fell over too. */
  sent(): number;
  crash(place: number): Promise<void>;
};

/** Lines that both cores serve. */
export function sharedBy(lines: readonly TorturedLine[]): readonly TorturedLine[] {
  return lines.filter((_, no) => no % 4 === 1 || no % 9 === 0);
}

export function startCores(world: ChargingWorld, model: ChargingModel, seed: number): Cores {
  let crashes = 0;
  let sentBefore = 0;
  const start = (place: number): PacketCore => {
    const { originHost, profile } = CORES[place as 0 | 1];
    const [first = 0, ...others] = world.nodes.ports;
    const lines = place === 0 ? world.lines : sharedBy(world.lines);
    const core = new PacketCore({
      ...{ host: '127.0.0.1', port: first, originHost, profile, clock: CLOCK, log: createLog(2, 'silent') },
      others: others.map((port) => ({ host: '127.0.0.1', port })),
      subscribers: lines.map(({ imsi }, no) => ({ imsi, traffic: { kind: 'steady', kbps: 400 * (1 + ((no * 7) % 15)) } })),
      ...{ seed: seed * 100 + crashes, ratingGroups: { first: 10, video: 20 }, disorder: DISORDER, txMs: TX_MS, triesMax: TRIES_MAX },
      onExchange: (exchange) => model.hear(originHost, exchange),
    });
    for (const session of core.sessions) session.start();
    return core;
  };
  const all = CORES.map((_, place) => start(place));
  return {
    all,
    sent: () => all.reduce((sum, { courier }) => sum + courier.counts.sent + courier.counts.repeated, sentBefore),
    async crash(place) {
      const core = all[place];
      if (core === undefined) return;
      crashes += 1;
      sentBefore += core.courier.counts.sent + core.courier.counts.repeated;
      // Its next life counts from a later second (Origin-State-Id).
      await Promise.all([core.crash(), new Promise((resolve) => setTimeout(resolve, 1_100))]);
      all[place] = start(place);
    },
  };
}

/** Until `options.requests` are sent and all harm is done. */
export async function driveCores(
  world: ChargingWorld,
  cores: Cores,
  { options, print }: { options: ChargingTortureOptions; print: (line: string) => void },
): Promise<{ awayMs: number[] }> {
  const random = seededRandom(options.seed + 17);
  const plan = planHarm(options);
  const awayMs: number[] = [];
  let isOver = false;
  const harming = (async () => {
    while (!isOver || plan.length > 0) {
      const [next] = plan;
      if (next === undefined || (next.at > cores.sent() && !isOver)) {
        await wait(10);
        continue;
      }
      await wait(random.below(150));
      plan.shift();
      if (next.kind === 'crash_core') await cores.crash(next.core);
      else if (next.kind === 'kill_postgres') awayMs.push(await world.postgres.kill(next.downMs).then(() => next.downMs));
      else {
        // Those that were killed just before must be there to be killed again.
        await world.nodes.whole();
        world.nodes.kill(random, next.count);
      }
    }
  })();
  const telling = setInterval(
    () => print(`${cores.sent()} requests sent, ${JSON.stringify(world.nodes.counts().kills)} nodes killed`),
    10_000,
  );
  await Promise.all(cores.all.map((core) => core.connect()));
  let isHarmed = false;
  void harming.then(() => {
    isHarmed = true;
  });
  while (cores.sent() < options.requests || !isHarmed) {
    // The load waits for harm that is overdue: what is done to an idle house proves nothing.
    if ((plan[1]?.at ?? Number.POSITIVE_INFINITY) > cores.sent() || isOver) for (const core of cores.all) turn(core, random);
    isOver = cores.sent() >= options.requests;
    await wait(TURN_MS);
  }
  await harming;
  clearInterval(telling);
  return { awayMs };
}

/** A second of their time: some sessions are asked to report, some end and begin again. */
function turn(core: PacketCore, random: Random): void {
  // Until somebody has answered it, it knows no realm to ask.
  if (core.links.every(({ isReady }) => !isReady)) return void core.connect();
  for (const session of core.sessions) {
    const mood = random.below(100);
    if (mood < 25) session.reauthorise();
    else if (mood < 27) {
      session.stop();
      session.start();
    }
  }
  core.pass(TURN_SIMULATED_MS);
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
