/**
 * The long run: `node tests/torture/main.ts [--renewals N] [--lines N] [--node-kills N] [--postgres-kills N] [--cut-one-in N]
 * [--seed N] [--report]`. Ends with 1 when anything is wrong. `--report` tries the crash windows as well and writes
 * RELIABILITY.md and the figures it is made of.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gatherFigures } from './gather-figures.ts';
import { FULL, type TortureOptions } from './options.ts';
import { runTorture } from './run-torture.ts';
import { tryAllWindows } from './try-all-windows.ts';
import { writeReport } from './write-report.ts';

const ROOT = join(import.meta.dirname, '../..');
const words = process.argv.slice(2);
const { values } = parseArgs({
  args: words,
  options: {
    renewals: { type: 'string' },
    lines: { type: 'string' },
    'node-kills': { type: 'string' },
    'postgres-kills': { type: 'string' },
    'cut-one-in': { type: 'string' },
    seed: { type: 'string' },
    report: { type: 'boolean', default: false },
  },
});
const options: TortureOptions = {
  ...FULL,
  renewals: count('renewals', FULL.renewals),
  lines: count('lines', FULL.lines),
  nodeKills: count('node-kills', FULL.nodeKills),
  postgresKills: count('postgres-kills', FULL.postgresKills),
  cutOneIn: count('cut-one-in', FULL.cutOneIn),
  seed: count('seed', FULL.seed),
};
const print = (line: string): void => console.log(line);

const result = await runTorture(options, print);
if (values.report) print('Now the crash windows.');
const windows = values.report ? await tryAllWindows() : undefined;
const figures = gatherFigures(options, result, { command: ['node tests/torture/main.ts', ...words].join(' '), windows });
const json = JSON.stringify(figures);
print(JSON.stringify(figures, null, 2));
if (values.report) {
  writeFileSync(join(import.meta.dirname, 'last-run.json'), `${json}\n`);
  writeReport(join(ROOT, 'RELIABILITY.md'), figures);
}
const isGood = result.wrong.length === 0 && windows?.passed !== false;
print(isGood ? 'Nothing lost, nothing doubled, nothing stuck.' : `Wrong:\n${result.wrong.join('\n')}`);
process.exit(isGood ? 0 : 1);

function count(name: 'renewals' | 'lines' | 'node-kills' | 'postgres-kills' | 'cut-one-in' | 'seed', otherwise: number): number {
  const text = values[name];
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a number, not "${text}"`);
  return Number(text);
}
