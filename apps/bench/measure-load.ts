/** A piece of work under load: as fast as it goes, then at half of that, with what it cost the processors and the log. */

import type { Latencies, Load } from './load.ts';
import type { BenchHouse } from './open-bench-house.ts';
import { type ProcessorUse, processorUse, useBetween } from './processor-use.ts';
import { checkpoint, walPosition } from './server-figures.ts';

export type LoadMeasured = {
  readonly full: Latencies;
  readonly half: Latencies;
  /** Of one piece of work at saturation; the server's is null where there is no /proc. */
  readonly each: { readonly nodeMs: number; readonly postgresMs: number | null; readonly walBytes: number };
};

export type LoadOptions = {
  readonly seconds: number;
  readonly clients: number;
  readonly print: (line: string) => void;
  /** "Renewing": how it is told. */
  readonly what: string;
  /** In the middle of the window at saturation: full pages are logged anew after it. */
  readonly checkpointInside?: boolean;
};

/** Begins at a checkpoint. */
export async function measureLoad({ server, serverPid }: BenchHouse, load: Load, options: LoadOptions): Promise<LoadMeasured> {
  const { seconds, clients, print, what, checkpointInside = false } = options;
  await checkpoint(server);
  const walBefore = await walPosition(server);
  const before = processorUse(serverPid);
  print(`${what} for ${seconds} s with ${clients} at once.`);
  const inside = checkpointInside ? setTimeout(() => void checkpoint(server), seconds * 500) : undefined;
  const full = await load.saturate({ clients, seconds });
  clearTimeout(inside);
  const use = useBetween(before, processorUse(serverPid));
  const walBytes = Number((await walPosition(server)) - walBefore);
  print(`${what} for ${seconds} s at half of ${full.perSecond}/s.`);
  const half = await load.pace({ perSecond: full.perSecond / 2, seconds, clients });
  return { full, half, each: eachOf(full, use, walBytes) };
}

/** The first tenth is not counted as a figure, and is spent all the same. */
function eachOf({ count }: Latencies, { nodeMs, postgresMs }: ProcessorUse, walBytes: number): LoadMeasured['each'] {
  const times = count / 0.9;
  return { nodeMs: nodeMs / times, postgresMs: postgresMs === null ? null : postgresMs / times, walBytes: Math.round(walBytes / times) };
}
