/** Tries a door so many times, or for so long; stops at the first rule that is broken, saying how to have it again. */
import { seededRandom } from '#platform/random';
import type { FuzzDoor, FuzzTarget } from './fuzz-door.ts';

export type FuzzLimit = { readonly cases?: number; readonly ms?: number };

const CHECK_EVERY = 250;

/** How many cases it was tried with. Each case has a seed of its own, so that one alone can be had again. */
export async function runFuzz(
  door: FuzzDoor,
  seed: number,
  { cases = Number.POSITIVE_INFINITY, ms = Number.POSITIVE_INFINITY }: FuzzLimit,
): Promise<number> {
  const ends: (() => Promise<void>)[] = [];
  const endMs = performance.now() + ms;
  try {
    const target = await door.open({ after: (end) => void ends.push(end) });
    let tried = 0;
    for (; tried < cases && performance.now() < endMs; tried += 1) {
      await attempt(door, target, seed, tried);
      if (tried % CHECK_EVERY === CHECK_EVERY - 1) await target.check();
    }
    await target.check();
    return tried;
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function attempt({ name }: FuzzDoor, target: FuzzTarget, seed: number, no: number): Promise<void> {
  try {
    await target.attempt(seededRandom(seed * 1_000_003 + no));
  } catch (error) {
    throw new Error(`door ${name}, seed ${seed}, case ${no}: ${(error as Error).message}`, { cause: error });
  }
}
