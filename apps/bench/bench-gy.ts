/**
 * The whole Gy path: credit-control requests over TCP from another process, each durably committed before it is answered, beside
 * pgbench simple-update on the same server in the same run; as fast as it goes, at half of that, and with one and with sixteen at once.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { savePeer } from '#domain/charging';
import { assert, present } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import { type Network, openNetwork } from '../start/index.ts';
import type { ChargeBenchOptions } from './bench-charge.ts';
import { type ChargingFigures, chargingFigures } from './charging-figures.ts';
import type { Latencies, Load } from './load.ts';
import { measureLoad } from './measure-load.ts';
import { type BenchHouse, withBenchHouse } from './open-bench-house.ts';
import { measureYardstick } from './pgbench.ts';
import { BENCH_PEER, type PlayerOrder, type PlayerReport } from './play-gy.ts';
import { isConserved, prepareLines } from './prepare-lines.ts';
import { settingsOf } from './server-figures.ts';

export type GyBench = ChargingFigures & {
  readonly lines: number;
  /** Processor time of the process that asks. */
  readonly client_us_a_request: number;
  /** With one at once, and with sixteen. */
  readonly single: AtOnce;
  readonly sixteen: AtOnce;
};
type AtOnce = { readonly per_s: number; readonly p50_ms: number; readonly p99_ms: number };

export async function benchGy(options: ChargeBenchOptions): Promise<GyBench> {
  const { home, seconds, clients, lines, print } = options;
  return withBenchHouse({ home, connectionsMax: 8, print }, async (opened) => {
    const played = await prepareLines(opened, options);
    const network = await openDoor(opened);
    const player = startPlayer();
    print('Sessions begin.');
    await player.ask({ do: 'open', port: present(network.gy.ports[0], 'the door listens'), lines: played, clients });
    const measured = await measureLoad(opened, player.load, { seconds, clients, print, what: 'Charging over Gy', checkpointInside: true });
    const clientMs = player.saturatedMs;
    const atOnce: AtOnce[] = [];
    for (const few of [1, 16]) {
      print(`With ${few} at once.`);
      const { perSecond, p50Ms, p99Ms } = await player.load.saturate({ clients: few, seconds: Math.max(1, seconds / 4) });
      atOnce.push({ per_s: perSecond, p50_ms: p50Ms, p99_ms: p99Ms });
    }
    const { used } = await player.ask({ do: 'end' });
    await network.close();
    const conserved = await isConserved(opened, used);
    const yardstick = await measureYardstick(opened.server, { home, print, mode: 'simple-update', checkpointInside: true });
    return {
      ...chargingFigures(measured, yardstick, conserved),
      lines,
      client_us_a_request: Math.round((clientMs * 1000) / (measured.full.count / 0.9)),
      single: present(atOnce[0], 'it was measured'),
      sixteen: present(atOnce[1], 'it was measured'),
      settings: await settingsOf(opened.server),
    };
  });
}

/** As `everline start --role charging` opens it, with the bench's packet core let in. */
async function openDoor({ house, connection }: BenchHouse): Promise<Network> {
  const peer = { originHost: BENCH_PEER, profile: 'standard', addresses: ['127.0.0.1'], needsTls: false, carriesOthers: false } as const;
  const saved = await savePeer(house.tools, { ...peer, requestsMax: 10_000 }, { actor: 'job:bench', reason: 'bench' });
  assert(!isRefusal(saved), 'the bench lets its packet core in');
  return openNetwork({
    ...{ house, connection, host: '127.0.0.1', port: 0, originHost: 'ocs.bench.example', originRealm: 'bench.example' },
    ...{ nchf: { port: 0, host: '127.0.0.1', tls: undefined }, nrf: undefined },
  });
}

type Player = {
  ask(order: PlayerOrder): Promise<PlayerReport>;
  readonly load: Load;
  /** Processor time it took at its first saturation. */
  readonly saturatedMs: number;
};

function startPlayer(): Player {
  const child: ChildProcess = fork(join(import.meta.dirname, 'play-gy.ts'), { serialization: 'advanced' });
  let saturatedMs: number | undefined;
  const ask = async (order: PlayerOrder): Promise<PlayerReport> => {
    child.send(order);
    const [report] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(([code]) => {
        throw new Error(`the packet core of the bench ended with ${code}`);
      }),
    ])) as [PlayerReport];
    return report;
  };
  const measured = ({ latencies }: PlayerReport): Latencies => present(latencies, 'what was measured is told');
  return {
    ask,
    load: {
      async saturate(options) {
        const report = await ask({ do: 'saturate', ...options });
        saturatedMs ??= report.processorMs;
        return measured(report);
      },
      pace: async (options) => measured(await ask({ do: 'pace', ...options })),
    },
    get saturatedMs() {
      return saturatedMs ?? 0;
    },
  };
}
