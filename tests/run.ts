/**
 * `npm test`: everything that proves the house, on one PostgreSQL. `npm test -- domain/orders` takes the files whose
 * paths contain that; `npm test -- --only journeys` takes a group (a top folder, a folder of tests/, or `check`).
 * The last line is `N passed, N failed`.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { testServer } from '#tests/database';
import { startJourneyHouse } from '#tests/journeys';
import { runChecks } from '../tools/check/run-checks.ts';
import { chooseGroups } from '../tools/test-run/choose-groups.ts';
import { type FilesReport, runFiles } from '../tools/test-run/run-files.ts';

const ROOT = join(import.meta.dirname, '..');
/** Groups whose files share one demonstration: it is started once for all of them. */
const HOUSED = ['journeys'];
const { values, positionals } = parseArgs({ options: { only: { type: 'string', multiple: true, default: [] } }, allowPositionals: true });
const isWhole = values.only.length === 0 && positionals.length === 0;

// Settings of an installation of one's own: the tests never touch it.
for (const name of ['DATABASE_URL', 'EVERLINE_HOME', 'PUBLIC_URL', 'PORT', 'TRUSTED_PROXIES', 'SMTP_URL', 'MAIL_FROM'])
  delete process.env[name];

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

const reports: (FilesReport & { readonly name: string })[] = [];
const print = (line: string): void => console.log(line);

if (isWhole || values.only.includes('check')) {
  print('check');
  const startedAt = performance.now();
  const { passed, failed } = await runChecks({ print, signal: stop.signal });
  record('check', { passed, failed, skipped: [], seconds: (performance.now() - startedAt) / 1000 });
}

const groups = chooseGroups(ROOT, { only: values.only, paths: positionals });
if (groups.length === 0 && reports.length === 0) print(`no test file matches ${[...values.only, ...positionals].join(' ')}`);
if (groups.length > 0 && !stop.signal.aborted) await onOneServer(runGroups);
tellAll();

/** A server that does not start fails the run, but does not hide what was told before it. */
async function onOneServer(work: () => Promise<void>): Promise<void> {
  const server = await testServer().catch((error: unknown) => {
    print(`the PostgreSQL for the tests does not start: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
  if (server === undefined) return record('postgres', { passed: 0, failed: 1, skipped: [], seconds: 0 });
  try {
    Object.assign(process.env, server.environment);
    await work();
  } finally {
    await server.stop();
  }
}

async function runGroups(): Promise<void> {
  for (const { name, files } of groups) {
    if (stop.signal.aborted) return;
    print(`\n${name}`);
    const work = () => runFiles(files, { root: ROOT, print, signal: stop.signal });
    record(name, await (HOUSED.includes(name) ? inOneHouse(work) : work()));
  }
}

async function inOneHouse(work: () => Promise<FilesReport>): Promise<FilesReport> {
  const house = await startJourneyHouse().catch((error: unknown) => {
    print(`the demonstration for the journeys does not start: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  });
  if (house === undefined) return { passed: 0, failed: 1, skipped: [], seconds: 0 };
  Object.assign(process.env, house.environment);
  try {
    return await work();
  } finally {
    await house.stop();
  }
}

function record(name: string, report: FilesReport): void {
  reports.push({ ...report, name });
}

function tellAll(): void {
  const sum = (of: (report: FilesReport) => number): number => reports.reduce((total, report) => total + of(report), 0);
  const skipped = reports.flatMap((report) => report.skipped);
  if (skipped.length > 0) {
    print('\nskipped');
    for (const { file, name, reason } of skipped) print(`    ${file}  ${name}: ${reason}`);
  }
  print('');
  for (const { name, passed, failed, seconds } of reports) {
    print(`${name.padEnd(14)} ${String(passed).padStart(5)} good ${String(failed).padStart(5)} bad ${seconds.toFixed(1).padStart(8)} s`);
  }
  print(
    `${'in all'.padEnd(14)} ${sum((report) => report.seconds)
      .toFixed(1)
      .padStart(26)} s`,
  );
  if (stop.signal.aborted) print('stopped before the end');
  const failed = sum((report) => report.failed) + (stop.signal.aborted || reports.length === 0 ? 1 : 0);
  print(`${sum((report) => report.passed)} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
  process.exitCode = failed === 0 ? 0 : 1;
}
