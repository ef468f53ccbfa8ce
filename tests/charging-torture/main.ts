/**
 * The long run: `node tests/charging-torture/main.ts [--requests N] [--lines N] [--node-kills N] [--postgres-kills N]
 * [--core-crashes N] [--seed N] [--report]`. Ends with 1 when anything is wrong. `--report` writes its part of RELIABILITY.md.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aboutThisRun } from '../torture/gather-figures.ts';
import { type ChargingTortureOptions, FULL } from './options.ts';
import { runChargingTorture } from './run-charging-torture.ts';
import { writeChargingReport } from './write-report.ts';

const ROOT = join(import.meta.dirname, '../..');
const NUMBERS = {
  requests: 'requests',
  lines: 'lines',
  'node-kills': 'nodeKills',
  'postgres-kills': 'postgresKills',
  'core-crashes': 'coreCrashes',
  seed: 'seed',
} as const;
const text = { type: 'string' } as const;
const words = process.argv.slice(2);
const { values } = parseArgs({
  args: words,
  options: {
    ...{ requests: text, lines: text, 'node-kills': text, 'postgres-kills': text, 'core-crashes': text, seed: text },
    report: { type: 'boolean', default: false },
  },
});
const told: Partial<Record<keyof ChargingTortureOptions, number>> = {};
for (const [name, of] of Object.entries(NUMBERS)) {
  const value = values[name as keyof typeof NUMBERS];
  if (value === undefined) continue;
  if (!/^\d{1,9}$/.test(value)) throw new Error(`--${name} takes a number, not "${value}"`);
  told[of] = Number(value);
}
const options: ChargingTortureOptions = { ...FULL, ...told };
const print = (line: string): void => console.log(line);

const result = await runChargingTorture(options, print);
const figures = { ...aboutThisRun(), command: ['node tests/charging-torture/main.ts', ...words].join(' '), options, result };
print(JSON.stringify(figures, null, 2));
if (values.report) writeChargingReport(join(ROOT, 'RELIABILITY.md'), figures);
const { wrong } = result;
print(wrong.length === 0 ? 'Nothing lost, nothing doubled, nothing stuck.' : `Wrong (${wrong.length}):\n${wrong.slice(0, 50).join('\n')}`);
process.exit(wrong.length === 0 ? 0 : 1);
