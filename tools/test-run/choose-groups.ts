/**
 * Which test files a run takes, in which groups. A folder of tests is a group without being named here, so that none is
 * forgotten: the top folders, and each folder of tests/. Longer runs (torture, load) are commands, not *.test.ts.
 */
import { globSync } from 'node:fs';

export type Group = { readonly name: string; readonly files: readonly string[] };

export type Wanted = {
  /** Names of groups; none means all. */
  readonly only: readonly string[];
  /** Beginnings of paths, or parts of them; none means all. */
  readonly paths: readonly string[];
};

/** What needs the most comes last: a broken rule is told before a browser is started. */
const FIRST = ['platform', 'domain', 'adapters', 'simulators', 'channels', 'apps', 'tools'];
const LAST = ['journeys', 'faults', 'security'];
const LEFT_OUT = ['node_modules/**', '**/node_modules/**', '**/build/**', '**/.svelte-kit/**'];

export function chooseGroups(root: string, wanted: Wanted): readonly Group[] {
  const files = globSync('**/*.test.ts', { cwd: root, exclude: LEFT_OUT })
    .filter((file) => wanted.paths.length === 0 || wanted.paths.some((path) => file.includes(path)))
    .sort();
  const names = [...new Set(files.map(groupOf))].sort((one, other) => placeOf(one) - placeOf(other) || (one < other ? -1 : 1));
  return names
    .filter((name) => wanted.only.length === 0 || wanted.only.includes(name))
    .map((name) => ({ name, files: files.filter((file) => groupOf(file) === name) }));
}

function groupOf(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'tests' && !second.endsWith('.ts') ? second : top;
}

function placeOf(name: string): number {
  if (FIRST.includes(name)) return FIRST.indexOf(name) - FIRST.length;
  return LAST.indexOf(name) + 1;
}
