import type { TestContext } from 'node:test';
import { tellWindows } from './tell-windows.ts';
import { type Case, type Tried, tryWindows } from './try-windows.ts';
import type { World } from './world.ts';

/** Takes cases with contexts of their own, one after the other, and tells how many windows each had. */
export function runCases(
  t: TestContext,
  world: World,
): { readonly run: <Context>(cases: readonly Case<Context>[]) => Promise<void>; readonly tell: () => void } {
  const tried: Tried[] = [];
  return {
    async run(cases) {
      for (const one of cases) tried.push(await tryWindows(world, one));
    },
    tell() {
      tellWindows(tried);
      for (const { name, ports, windows } of tried) t.diagnostic(`${name}: ${ports} ports, ${windows} windows`);
      t.diagnostic(`in all: ${tried.length} cases, ${tried.reduce((sum, one) => sum + one.windows, 0)} windows, every one tried`);
    },
  };
}
