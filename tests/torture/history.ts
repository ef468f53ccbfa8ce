/**
 * What clients saw: each request with its answer, one JSON line each, written as it happens. `ok` and `fail` are answers;
 * `unknown` is none, whatever the reason. The model knows nothing else of what was asked.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { decodeJson, encodeJson } from '#platform/json';
import type { Ask } from './asks.ts';

export type Outcome<Value = unknown> =
  | { readonly outcome: 'ok'; readonly value: Value }
  | { readonly outcome: 'fail'; readonly refused: string }
  | { readonly outcome: 'unknown'; readonly why: Why; readonly cause: string };

/** Why nobody knows: the client went away, the node did, it said its database is away, it broke, or it kept silent. */
export type Why = 'client_left' | 'node_gone' | 'database_away' | 'fault' | 'too_late' | 'not_sent';

/** `at` and `endedAt`: transport time, as the nodes have it. `order`: what it was about, where that is known before asking. */
export type AskEntry = {
  readonly kind: 'ask';
  readonly client: number;
  readonly at: Date;
  readonly endedAt: Date;
  /** The machine's time, which nobody moves. */
  readonly tookMs: number;
  readonly ask: Ask;
  readonly order: string | null;
} & Outcome;
/** A visit to the provider's page, which is the customer's and the provider's affair alone. */
export type VisitEntry = {
  readonly kind: 'visit';
  readonly client: number;
  readonly at: Date;
  readonly order: string;
  readonly card: string;
  readonly status: number;
};
export type Entry = AskEntry | VisitEntry;

export type History = { write(entry: Entry): void; readonly count: () => number; close(): void };

export function openHistory(file: string): History {
  const handle = openSync(file, 'w');
  let count = 0;
  return {
    write(entry) {
      count += 1;
      writeSync(handle, `${encodeJson(entry)}\n`);
    },
    count: () => count,
    close: () => closeSync(handle),
  };
}

export function readHistory(file: string): readonly Entry[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => decodeJson<Entry>(line));
}
