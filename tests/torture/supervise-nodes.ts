/** The nodes: started, killed, started again at once; one that ends without having been killed is told of as a find. */
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '#platform/random';
import type { FromNode, NodeSettings, ToNode } from './orders-to-node.ts';
import { type Child, startChild } from './start-child.ts';

export type Nodes = {
  /** The door of one that lives, as far as is known; undefined when none does. */
  door(random: Random): string | undefined;
  /** All of them that live. */
  doors(): readonly string[];
  /** SIGKILL to so many of them at once. */
  kill(random: Random, count: number): number;
  readonly counts: () => NodeCounts;
  /** Deaths that nobody of us caused. */
  readonly diedByThemselves: readonly string[];
  /** From now on one commit in so many is cut from its answer; 0: none. */
  cutCommits(oneIn: number): void;
  /** Lets everything under way end, moves time, and lets the rest go on. */
  moveTime(aheadMs: number, meanwhile: () => Promise<void>): Promise<void>;
  /** All of them answer. */
  whole(): Promise<void>;
  stop(): Promise<void>;
};

export type NodeCounts = {
  readonly kills: number;
  readonly starts: number;
  /** Connections cut after a COMMIT was sent, and after a job was taken or ended. */
  readonly commitsCut: number;
  readonly jobsCut: number;
  /** From each kill until the next process answered there. */
  readonly backMs: readonly number[];
};
export type NodesOptions = Omit<NodeSettings, 'seed' | 'aheadMs' | 'cutOneIn' | 'log'> & {
  readonly count: number;
  readonly seed: number;
  readonly folder: string;
};

type Seat = { child: Child<FromNode>; door: string | undefined; isKilled: boolean; ready: Promise<void> };

const AGAIN_MS = 200;

export async function superviseNodes({ count, seed, folder, ...wiring }: NodesOptions): Promise<Nodes> {
  let aheadMs = 0;
  let cutOneIn = 0;
  let isEnding = false;
  const counts = { kills: 0, starts: 0, commitsCut: 0, jobsCut: 0 };
  const backMs: number[] = [];
  const diedByThemselves: string[] = [];
  const seats: Seat[] = [];
  const sit = (place: number, killedAt?: number): void => {
    counts.starts += 1;
    const log = join(folder, `node-${place}.log`);
    closeSync(openSync(log, 'a'));
    const settings: NodeSettings = { ...wiring, seed: seed * 1000 + counts.starts, aheadMs, cutOneIn, log };
    const child = startChild<FromNode>('node.ts', settings, log);
    const seat: Seat = { child, door: undefined, isKilled: false, ready: Promise.resolve() };
    seats[place] = seat;
    child.process.on('message', (message: FromNode) => {
      if (message.told === 'cut') counts[message.what === 'commits' ? 'commitsCut' : 'jobsCut'] += 1;
    });
    let wasReady = false;
    seat.ready = child
      .next((message) => (message.told === 'ready' ? message.port : undefined))
      .then((port) => {
        wasReady = true;
        if (killedAt !== undefined) backMs.push(Math.round(performance.now() - killedAt));
        seat.door = `http://127.0.0.1:${port}`;
      })
      .catch(() => {});
    void child.ended.then(({ code, signal }) => {
      seat.door = undefined;
      if (isEnding) return;
      // One that cannot start while PostgreSQL is away is started again, as by any supervisor.
      if (!seat.isKilled && wasReady) diedByThemselves.push(`node ${place} ended by itself (${signal ?? code}); see ${log}`);
      const since = seat.isKilled ? performance.now() : wasReady ? undefined : killedAt;
      setTimeout(() => !isEnding && sit(place, since), seat.isKilled ? 0 : AGAIN_MS);
    });
  };
  for (let place = 0; place < count; place += 1) sit(place);
  const living = () => seats.filter((seat) => seat.door !== undefined && !seat.isKilled);
  const send = (seat: Seat, message: ToNode): void => void (seat.child.process.connected && seat.child.process.send(message, () => {}));
  const nodes: Nodes = {
    diedByThemselves,
    counts: () => ({ ...counts, backMs: [...backMs] }),
    doors: () => living().flatMap(({ door }) => door ?? []),
    door: (random) => {
      const doors = living();
      return doors[random.below(Math.max(1, doors.length))]?.door;
    },
    kill(random, wanted) {
      let killed = 0;
      for (; killed < wanted; killed += 1) {
        const doors = living();
        const seat = doors[random.below(Math.max(1, doors.length))];
        if (seat === undefined) break;
        seat.isKilled = true;
        counts.kills += 1;
        seat.child.process.kill('SIGKILL');
      }
      return killed;
    },
    cutCommits(oneIn) {
      cutOneIn = oneIn;
      for (const seat of seats) send(seat, { tell: 'cut', oneIn });
    },
    async moveTime(newAheadMs, meanwhile) {
      await nodes.whole();
      const paused = [...seats];
      await Promise.all(
        paused.map(async (seat) => {
          const closed = seat.child.next((message) => (message.told === 'gate_closed' ? true : undefined)).catch(() => {});
          send(seat, { tell: 'close_gate' });
          await closed;
        }),
      );
      aheadMs = newAheadMs;
      await meanwhile();
      for (const seat of paused) send(seat, { tell: 'open_gate', aheadMs });
    },
    async whole() {
      while (living().length < count) {
        await Promise.all(seats.map((seat) => seat.ready));
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      isEnding = true;
      for (const seat of seats) seat.child.process.kill('SIGKILL');
      await Promise.all(seats.map((seat) => seat.child.ended));
    },
  };
  await nodes.whole();
  return nodes;
}
