import type { Checkout } from './checkout.ts';

export type Finding = {
  /** Relative to the project. */
  readonly path: string;
  /** From 1; 0 speaks of the file or folder as a whole. */
  readonly line: number;
  readonly what: string;
  /** Told, but does not fail the check. */
  readonly warning?: boolean;
};

export type Rule = {
  /** As in exceptions.ts and in what is printed. */
  readonly name: string;
  /** What the rule asks and what it protects, for whoever just broke it. */
  readonly why: string;
  find(checkout: Checkout): readonly Finding[];
};
