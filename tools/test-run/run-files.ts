/** Runs test files two at a time, tells each as it ends, and counts. */
import { type FileReport, runFile, type Skip } from './run-file.ts';

const AT_ONCE = 2;
/** A file that takes longer hangs. */
const FILE_MS_MAX = 10 * 60_000;

export type FilesReport = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly (Skip & { readonly file: string })[];
  readonly seconds: number;
};

export type RunOptions = {
  readonly root: string;
  /** Told line by line, as it happens. */
  readonly print: (line: string) => void;
  /** Ends the files under way and starts no other. */
  readonly signal?: AbortSignal;
  readonly fileMsMax?: number;
};

/** `files` are relative to `root`. */
export async function runFiles(files: readonly string[], { root, print, signal, fileMsMax }: RunOptions): Promise<FilesReport> {
  const startedAt = performance.now();
  const waiting = [...files];
  const reports: FileReport[] = [];
  const worker = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined && !signal?.aborted; file = waiting.shift()) {
      const report = await runFile(file, { root, msMax: fileMsMax ?? FILE_MS_MAX, signal });
      reports.push(report);
      print(tell(report));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return {
    passed: reports.reduce((sum, report) => sum + report.passed, 0),
    failed: reports.reduce((sum, report) => sum + report.failures.length, 0),
    skipped: reports.flatMap(({ file, skipped }) => skipped.map((skip) => ({ ...skip, file }))),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

function tell({ file, passed, failures, skipped, printed, seconds }: FileReport): string {
  const counts = [
    `${passed} good`,
    failures.length > 0 ? `${failures.length} bad` : '',
    skipped.length > 0 ? `${skipped.length} skipped` : '',
  ];
  const lines = [
    `    ${failures.length === 0 ? '✔' : '✖'} ${file}  ${counts.filter((text) => text !== '').join(', ')}  ${seconds.toFixed(1)} s`,
  ];
  for (const { name, line, reason } of failures) {
    lines.push(`        ✖ ${name}${line === undefined ? '' : ` (line ${line})`}`, reason.replace(/^/gm, '            '));
  }
  if (failures.length > 0 && printed !== '') lines.push('        it printed:', printed.replace(/^/gm, '        | '));
  return lines.join('\n');
}
