/**
 * The checks as data: what each proves, and the program that proves it. All but our own come with npm and run on the
 * pinned Node (this process's own). The slowest stands first, so that two at a time end together.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');
/** What dependency-cruiser is told to walk; tidy and knip read the whole checkout. */
const FOLDERS = ['apps', 'channels', 'domain', 'platform', 'adapters', 'simulators', 'tests', 'tools'];
const CACHE = 'node_modules/.cache/everline';

export type Check = {
  readonly name: string;
  /** What holds when it passes, in a few words. */
  readonly proves: string;
  /** Words for Node, run in the project's folder one after the other. */
  readonly steps: readonly (readonly string[])[];
  /** Why there is nothing to check, when there is not. */
  readonly absent?: () => string | undefined;
};

const program = (path: string): string => join('node_modules', path);
const present = (folder: string): boolean => existsSync(join(ROOT, folder));

export const CHECKS: readonly Check[] = [
  {
    name: 'pages',
    proves: 'pages are typed and accessible (svelte-check)',
    // What the pages import as `$app/types` is written first: a fresh checkout has none of it.
    steps: [
      [program('@sveltejs/kit/svelte-kit.js'), 'sync', '--config', 'channels/web/vite.config.ts'],
      [program('svelte-check/bin/svelte-check'), '--workspace', 'channels/web', '--output', 'human', '--fail-on-warnings'],
    ],
    absent: () => (present('channels/web/pages/routes') ? undefined : 'there are no pages'),
  },
  {
    name: 'types',
    proves: 'types hold (tsc, strictest)',
    steps: [[program('typescript/lib/tsc.js'), '--project', '.', '--incremental', '--tsBuildInfoFile', `${CACHE}/types.json`]],
  },
  {
    name: 'generated',
    proves: 'generated files are as the code would write them',
    steps: [['tools/generate.ts', '--check']],
  },
  {
    name: 'tidy',
    proves: 'the house style holds (tools/tidy)',
    steps: [['tools/tidy.ts']],
  },
  {
    name: 'boundaries',
    proves: 'imports go in the right direction (dependency-cruiser)',
    steps: [
      [
        program('dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        '.dependency-cruiser.mjs',
        '--output-type',
        'err-long',
        ...FOLDERS,
      ],
    ],
  },
  {
    name: 'unused',
    proves: 'nothing lies about unused (knip)',
    steps: [[program('knip/bin/knip.js'), '--no-progress']],
  },
  {
    name: 'lint',
    proves: 'lint and format (biome)',
    steps: [[program('@biomejs/biome/bin/biome'), 'check', '--colors=off', '--max-diagnostics=200', '--error-on-warnings', '.']],
  },
];
