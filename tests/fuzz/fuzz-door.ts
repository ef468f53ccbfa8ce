/** A door that is fuzzed: opened once, tried with one hostile input after the other, its books looked at now and then. */
import type { Random } from '#platform/random';

/** Anything that runs what it is given at the end: a test's context, or the command's. */
export type FuzzContext = { after(end: () => Promise<void>): void };

export type FuzzTarget = {
  /** One input, made from `random`. Throws, with what was sent, when a rule is broken. */
  attempt(random: Random): Promise<void>;
  /** What must hold whatever was sent. Throws what does not. */
  check(): Promise<void>;
};

export type FuzzDoor = { readonly name: string; open(context: FuzzContext): Promise<FuzzTarget> };
