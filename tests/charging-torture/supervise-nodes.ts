/** The charging nodes: each at a port of its own for ever, killed, started again at once; one that ends by itself is a find. */
import { closeSync, openSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type pg from 'pg';
import { assert } from '#platform/assert';
import type { Random } from '#platform/random';
import { type Child, startChild } from '../torture/start-child.ts';

export type ChargingNodeSettings = {
  readonly connection: pg.ClientConfig;
  readonly port: number;
  readonly originHost: string;
  readonly seed: number;
  readonly cutOneIn: number;
  readonly log: string;
};
export type FromChargingNode = { readonly told: 'ready'; readonly port: number } | { readonly told: 'cut' };
export type ToChargingNode = { readonly tell: 'cut'; readonly oneIn: number };

export type ChargingNodes = {
  readonly ports: readonly number[];
  /** SIGKILL to so many of those that live, at once. */
  kill(random: Random, count: number): number;
  /** From now on one commit in so many is cut from its answer; 0: none. */
  cutCommits(oneIn: number): void;
  /** All of them answer. */
  whole(): Promise<void>;
  readonly counts: () => ChargingNodeCounts;
  readonly diedByThemselves: readonly string[];
  stop(): Promise<void>;
};
export type ChargingNodeCounts = { readonly kills: number; readonly commitsCut: number; readonly backMs: readonly number[] };

type Seat = { child: Child<FromChargingNode>; isUp: boolean; isKilled: boolean; ready: Promise<void> };

const AGAIN_MS = 200;

export async function superviseChargingNodes(options: {
  readonly connection: pg.ClientConfig;
  readonly count: number;
  readonly seed: number;
  readonly folder: string;
}): Promise<ChargingNodes> {
  const { connection, count, seed, folder } = options;
  const ports = await Promise.all(Array.from({ length: count }, freePort));
  let [isEnding, cutOneIn, kills, starts, commitsCut] = [false, 0, 0, 0, 0];
  const backMs: number[] = [];
  const diedByThemselves: string[] = [];
  const seats: Seat[] = [];
  const sit = (place: number, killedAt?: number): void => {
    starts += 1;
    const log = join(folder, `node-${place}.log`);
    closeSync(openSync(log, 'a'));
    const port = ports[place] ?? 0;
    const settings = { connection, port, originHost: `ocs${place + 1}.everline.example`, seed: seed * 1000 + starts, cutOneIn, log };
    const child = startChild<FromChargingNode>('../charging-torture/node.ts', settings satisfies ChargingNodeSettings, log);
    const seat: Seat = { child, isUp: false, isKilled: false, ready: Promise.resolve() };
    seats[place] = seat;
    child.process.on('message', ({ told }: FromChargingNode) => {
      if (told === 'cut') commitsCut += 1;
    });
    let wasReady = false;
    seat.ready = child
      .next((message) => (message.told === 'ready' ? message.port : undefined))
      .then((at) => {
        assert(at === port, 'a node comes back where it was');
        wasReady = true;
        seat.isUp = true;
        if (killedAt !== undefined) backMs.push(Math.round(performance.now() - killedAt));
      })
      .catch(() => {});
    void child.ended.then(({ code, signal }) => {
      seat.isUp = false;
      if (isEnding) return;
      // One that cannot start while PostgreSQL is away is started again, as by any supervisor.
      if (!seat.isKilled && wasReady) diedByThemselves.push(`node ${place} ended by itself (${signal ?? code}); see ${log}`);
      const since = seat.isKilled ? performance.now() : wasReady ? undefined : killedAt;
      setTimeout(() => !isEnding && sit(place, since), seat.isKilled ? 0 : AGAIN_MS);
    });
  };
  for (let place = 0; place < count; place += 1) sit(place);
  const living = () => seats.filter(({ isUp, isKilled }) => isUp && !isKilled);
  const nodes: ChargingNodes = {
    ports,
    diedByThemselves,
    counts: () => ({ kills, commitsCut, backMs: [...backMs] }),
    kill(random, wanted) {
      let killed = 0;
      for (; killed < wanted; killed += 1) {
        const up = living();
        const seat = up[random.below(Math.max(1, up.length))];
        if (seat === undefined) break;
        seat.isKilled = true;
        kills += 1;
        seat.child.process.kill('SIGKILL');
      }
      return killed;
    },
    cutCommits(oneIn) {
      cutOneIn = oneIn;
      for (const { child } of seats)
        if (child.process.connected) child.process.send({ tell: 'cut', oneIn } satisfies ToChargingNode, () => {});
    },
    async whole() {
      while (living().length < count) {
        await Promise.all(seats.map(({ ready }) => ready));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      isEnding = true;
      for (const { child } of seats) child.process.kill('SIGKILL');
      await Promise.all(seats.map(({ child }) => child.ended));
    },
  };
  await nodes.whole();
  return nodes;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
