import type { Config } from '#platform/config';
import { createLog } from '#platform/log';
import { type Language, negotiateLanguage, sayRefusal } from '#platform/messages';
import type { Refusal } from '#platform/refusals';
import { type OpenHouse, type OpenOptions, openHouse } from '../house/index.ts';

/** Exit codes, for scripts (docs/command-line.md). */
export const EXIT = { done: 0, fault: 1, usage: 2, refused: 3, declined: 4, pending: 5 } as const;

export type Terminal = {
  readonly print: (line: string) => void;
  readonly warn: (line: string) => void;
  readonly colours: boolean;
};

export type Situation = { readonly config: Config; readonly terminal: Terminal };

export type Command = {
  readonly usage: string;
  readonly summary: string;
  /** Gives the exit code. */
  readonly run: (words: readonly string[], situation: Situation) => Promise<number>;
};

/** What was typed does not fit; the message says how. */
export class UsageTrouble extends Error {
  override name = 'UsageTrouble';
}

/** Who acts by command line, as the audit trail names them. */
export const COMMAND_LINE = { kind: 'operator', name: process.env['USER'] ?? 'command-line' } as const;

/** Big numbers as text: no reader of JSON loses digits. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? one.toString() : one));
}

/** A whole number from 1 on. */
export function readCount(option: string, text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new UsageTrouble(`${option} takes a whole number from 1 on`);
  return count;
}

/** Opens the house for the length of `work`, closing it also when that fails. Quiet but for warnings. */
export async function withHouse<T>(
  { config, terminal }: Situation,
  work: (opened: OpenHouse) => Promise<T>,
  options: Pick<OpenOptions, 'migrates' | 'provider' | 'connectionsMax'> = {},
): Promise<T> {
  const opened = await openHouse({ config, log: createLog(2, 'warn'), print: terminal.warn, connectionsMax: 5, ...options });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

/** The terminal's language, by the usual variables. */
export function terminalLanguage(environment: NodeJS.ProcessEnv = process.env): Language {
  const tag = (environment['LC_ALL'] ?? environment['LC_MESSAGES'] ?? environment['LANG'] ?? '').split('.')[0]?.replace('_', '-');
  return negotiateLanguage(tag ?? '', ['en', 'es', 'zh-Hans', 'zh-Hant']);
}

/** Tells a refusal in the terminal's language, or as JSON; gives the exit code. */
export function tellRefusal(terminal: Terminal, refusal: Refusal, json = false): number {
  if (json)
    terminal.print(
      JSON.stringify({
        refused: refusal.code,
        ...Object.fromEntries(Object.entries(refusal.values).map(([key, value]) => [key, String(value)])),
      }),
    );
  else terminal.warn(sayRefusal(terminalLanguage(), refusal));
  return EXIT.refused;
}
