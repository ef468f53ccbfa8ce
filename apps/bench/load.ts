/** Load on a piece of work, and the latencies it left: as fast as it goes, or at a given rate whatever it takes. */
export type Latencies = {
  readonly perSecond: number;
  readonly count: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly p999Ms: number;
  readonly maxMs: number;
};

/** Where the work is done: here, or in another process. */
export type Load = {
  saturate(options: { clients: number; seconds: number }): Promise<Latencies>;
  pace(options: { perSecond: number; seconds: number; clients: number }): Promise<Latencies>;
};

export function loadOf(work: () => Promise<void>): Load {
  return { saturate: (options) => saturate(work, options), pace: (options) => pace(work, options) };
}

/** Closed loop: `clients` at once, each begins anew when it is done. The first tenth is not counted. */
async function saturate(work: () => Promise<void>, { clients, seconds }: { clients: number; seconds: number }): Promise<Latencies> {
  const warmUntil = performance.now() + seconds * 100;
  const until = performance.now() + seconds * 1000;
  const took: number[] = [];
  const run = async () => {
    while (performance.now() < until) {
      const began = performance.now();
      await work();
      if (began >= warmUntil) took.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, run));
  return summary(took, (until - warmUntil) / 1000);
}

/** Open loop: one begins each 1/rate s, counted from when it should have begun, so that waiting is not hidden. */
async function pace(
  work: () => Promise<void>,
  { perSecond, seconds, clients }: { perSecond: number; seconds: number; clients: number },
): Promise<Latencies> {
  const start = performance.now();
  const total = Math.floor(perSecond * seconds);
  const took: number[] = [];
  let next = 0;
  const run = async () => {
    for (let index = next++; index < total; index = next++) {
      const due = start + (index * 1000) / perSecond;
      const waitMs = due - performance.now();
      if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
      await work();
      took.push(performance.now() - due);
    }
  };
  await Promise.all(Array.from({ length: clients }, run));
  return summary(took, (performance.now() - start) / 1000);
}

function summary(took: readonly number[], seconds: number): Latencies {
  const sorted = took.toSorted((left, right) => left - right);
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN);
  return {
    perSecond: round(sorted.length / seconds),
    count: sorted.length,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    p999Ms: at(0.999),
    maxMs: at(1),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
