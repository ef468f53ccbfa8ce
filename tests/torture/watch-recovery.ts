/** After each kill of PostgreSQL: how long until every node answers again, and until jobs run again, by themselves. */
import { sendAsk } from './send-ask.ts';
import type { World } from './start-world.ts';

/** In ms. `answered` and `jobs` count from the moment PostgreSQL took connections again. */
export type Recovery = { readonly awayMs: number; readonly answeredMs: number; readonly jobsMs: number };

export const RECOVERY_MS_MAX = 60_000;
const GIVE_UP_MS = 90_000;

/** Kills it, waits for all of that, and tells. */
export async function killAndRecover({ postgres, nodes, jobs }: World, downMs: number, number: string): Promise<Recovery> {
  const killedAt = performance.now();
  await postgres.kill(downMs);
  const awayMs = Math.round(performance.now() - killedAt);
  const [answeredMs, jobsMs] = await Promise.all([untilAnswered(nodes, number), jobs.probe(GIVE_UP_MS)]);
  return { awayMs, answeredMs, jobsMs };
}

/** Every node that lives has answered a look at a line; it changes nothing, so the history does without it. */
async function untilAnswered(nodes: World['nodes'], number: string): Promise<number> {
  const startedAt = performance.now();
  const answered = new Set<string>();
  for (;;) {
    const doors = nodes.doors();
    const waiting = doors.filter((door) => !answered.has(door));
    if (doors.length > 0 && waiting.length === 0) return Math.round(performance.now() - startedAt);
    if (performance.now() - startedAt > GIVE_UP_MS) return Number.POSITIVE_INFINITY;
    await Promise.all(
      waiting.map(async (door) => {
        if ((await sendAsk(door, { ask: 'line', number, personId: 0n })).outcome === 'ok') answered.add(door);
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What is wrong with how it recovered, in words. */
export function judgeRecoveries(recoveries: readonly Recovery[], longestHeldMs: number): string[] {
  const wrong = recoveries.flatMap(({ answeredMs, jobsMs }, index) => [
    ...(answeredMs > RECOVERY_MS_MAX ? [`after kill ${index + 1} of PostgreSQL the nodes answered only after ${answeredMs} ms`] : []),
    ...(jobsMs > RECOVERY_MS_MAX ? [`after kill ${index + 1} of PostgreSQL jobs ran only after ${jobsMs} ms`] : []),
  ]);
  const awayMsMax = Math.max(0, ...recoveries.map(({ awayMs }) => awayMs));
  // Nobody can unlock anything while PostgreSQL is away.
  if (longestHeldMs > RECOVERY_MS_MAX + awayMsMax) wrong.push(`a job was held for ${longestHeldMs} ms by somebody who was gone`);
  return wrong;
}
