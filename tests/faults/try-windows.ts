/**
 * A use case is run once to count its ports; then, each time on a fresh account, it dies in one window after the other, the
 * house starts again, whoever asked asks again with the same key, and the house recovers by itself. Each must end alike.
 */
import assert from 'node:assert/strict';
import type { OrdersHouse } from '#domain/orders';
import { type Port, Ports, type Window, windowsOf } from './ports.ts';
import { processIn, recover, type World } from './world.ts';

export type Case<Context> = {
  readonly name: string;
  /** Everything up to the use case, on an account of its own. */
  readonly prepare: (world: World) => Promise<Context>;
  /** The use case, as its door calls it. The same again is a repeat, with the same key. */
  readonly act: (house: OrdersHouse, context: Context, world: World) => Promise<unknown>;
  /** What the one who asked does afterwards; by default, asks again. Null: nobody comes back, the house is alone. */
  readonly comeBack?: ((house: OrdersHouse, context: Context, world: World) => Promise<unknown>) | null;
  /** How it must have ended: the same whether or not anything died. */
  readonly expect: (world: World, context: Context, died: boolean) => Promise<void>;
  /** For what runs by the clock of business: that and nothing else recovers it. */
  readonly recover?: (world: World, house: OrdersHouse) => Promise<void>;
};

export type Tried = { readonly name: string; readonly ports: number; readonly windows: number };

/** Runs the case once whole and once for each of its windows. */
export async function tryWindows<Context>(world: World, tested: Case<Context>): Promise<Tried> {
  const ports = await countPorts(world, tested);
  const windows = windowsOf(ports);
  for (const window of windows) {
    await blame(tested.name, ports, [window], async () => {
      const context = await tested.prepare(world);
      await dieIn(world, tested, context, window);
      await goOn(world, tested, context, world.house);
      await tested.expect(world, context, true);
    });
  }
  return { name: tested.name, ports: ports.length, windows: windows.length };
}

async function countPorts<Context>(world: World, tested: Case<Context>): Promise<readonly Port[]> {
  const context = await tested.prepare(world);
  const ports = new Ports();
  await tested.act(processIn(world, ports), context, world);
  await goOn(world, tested, context, world.house);
  await tested.expect(world, context, false);
  assert.ok(ports.passed.length > 0, `${tested.name} passes ports`);
  return ports.passed;
}

async function dieIn<Context>(world: World, tested: Case<Context>, context: Context, window: Window): Promise<void> {
  const ports = new Ports(window);
  // Whatever a dying process still says, nobody hears.
  const said = await tested.act(processIn(world, ports), context, world).catch((error: unknown) => error);
  if (!ports.isDead) assert.fail(`it lived through the window: ${String(said)}`);
}

async function goOn<Context>(world: World, tested: Case<Context>, context: Context, house: OrdersHouse): Promise<void> {
  const { comeBack = tested.act } = tested;
  if (comeBack !== null) await comeBack(house, context, world);
  await (tested.recover ?? recover)(world, house);
}

export type TriedPairs = Tried & { readonly pairs: number; readonly all: number };

/**
 * All pairs of deaths: one in the use case, one in its recovery (coming back included). `stride` takes every so-manieth
 * pair; 1 takes all.
 */
export async function tryPairs<Context>(world: World, tested: Case<Context>, stride: number): Promise<TriedPairs> {
  const ports = await countPorts(world, tested);
  const windows = windowsOf(ports);
  let all = 0;
  let pairs = 0;
  for (const first of windows) {
    const recovery = await countRecovery(world, tested, first);
    for (const second of windowsOf(recovery)) {
      all += 1;
      if (all % stride !== 0) continue;
      pairs += 1;
      await blame(tested.name, ports, [first, second], () => tryPair(world, tested, first, second), recovery);
    }
  }
  return { name: tested.name, ports: ports.length, windows: windows.length, pairs, all };
}

async function countRecovery<Context>(world: World, tested: Case<Context>, first: Window): Promise<readonly Port[]> {
  const context = await tested.prepare(world);
  await dieIn(world, tested, context, first);
  const ports = new Ports();
  await goOn(world, tested, context, processIn(world, ports));
  await tested.expect(world, context, true);
  return ports.passed;
}

async function tryPair<Context>(world: World, tested: Case<Context>, first: Window, second: Window): Promise<void> {
  const context = await tested.prepare(world);
  await dieIn(world, tested, context, first);
  const ports = new Ports(second);
  await goOn(world, tested, context, processIn(world, ports)).catch(() => {});
  // The second process may find less to do than when it was counted: then it has lived, and all is done.
  await goOn(world, tested, context, world.house);
  await tested.expect(world, context, true);
}

async function blame(
  name: string,
  ports: readonly Port[],
  windows: readonly Window[],
  work: () => Promise<void>,
  recovery: readonly Port[] = [],
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const [first, second] = windows;
    const said = (window: Window | undefined, passed: readonly Port[]) =>
      window && `${window.side} ${passed[window.at]?.what} ${passed[window.at]?.name} (port ${window.at})`;
    const where = [said(first, ports), said(second, recovery)].filter((one) => one !== undefined).join(', then ');
    throw new Error(`${name}, dead ${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
