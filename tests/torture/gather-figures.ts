/** A run in figures: plain JSON, of which the report is written and which anybody may hold against it. */
import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';
import { type Counts, countOutcomes } from './count-outcomes.ts';
import type { TortureOptions } from './options.ts';
import type { TortureResult } from './run-torture.ts';
import type { WindowFigures } from './try-all-windows.ts';

export type RunFacts = { readonly commit: string; readonly day: string; readonly machine: string };

export type Figures = RunFacts & {
  readonly command: string;
  readonly options: TortureOptions;
  readonly wrong: readonly string[];
  readonly counts: Counts;
  readonly run: Omit<TortureResult, 'wrong' | 'evidence'>;
  /** Undefined: the crash windows were not tried beside this run. */
  readonly windows: WindowFigures | undefined;
};

export function gatherFigures(
  options: TortureOptions,
  { wrong, evidence, ...run }: TortureResult,
  about: { readonly command: string; readonly windows: WindowFigures | undefined },
): Figures {
  return {
    ...aboutThisRun(),
    command: about.command,
    options,
    wrong,
    counts: countOutcomes(evidence),
    run,
    windows: about.windows,
  };
}

export function aboutThisRun(): RunFacts {
  const [cpu] = cpus();
  const system = `${process.platform} ${release()}, Node ${process.version}`;
  return {
    commit: commit(),
    day: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${system}`,
  };
}

/** What is not committed is said: figures of a tree that nobody else has prove nothing to anybody. */
function commit(): string {
  const git = (...words: string[]) => execFileSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', 'HEAD')}${changed ? ', with changes that are not committed' : ''}`;
  } catch {
    return 'unknown';
  }
}
