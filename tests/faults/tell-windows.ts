/** The counts of windows for whoever writes a report: one JSON line a case, in the file that the environment names. */
import { appendFileSync } from 'node:fs';

export const WINDOWS_FILE = 'EVERLINE_WINDOWS_FILE';

/** `pairs`: deaths in the use case and again in its recovery, tried and possible; undefined where only single ones were. */
export type WindowsTried = {
  readonly name: string;
  readonly ports: number;
  readonly windows: number;
  readonly pairs?: number;
  readonly all?: number;
};

export function tellWindows(tried: readonly WindowsTried[]): void {
  const file = process.env[WINDOWS_FILE];
  if (file !== undefined) appendFileSync(file, tried.map((one) => `${JSON.stringify(one)}\n`).join(''));
}
