/** The charging part of RELIABILITY.md: the figures of one run, and the fixed words around them. The rest of the page stays. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { RunFacts } from '../torture/gather-figures.ts';
import { keepOtherPart } from '../torture/keep-other-part.ts';
import type { ChargingTortureOptions } from './options.ts';
import type { ChargingTortureResult } from './run-charging-torture.ts';

export type ChargingFigures = RunFacts & {
  readonly command: string;
  readonly options: ChargingTortureOptions;
  readonly result: ChargingTortureResult;
};

export function writeChargingReport(file: string, figures: ChargingFigures): void {
  const { before } = keepOtherPart(existsSync(file) ? readFileSync(file, 'utf8') : '');
  writeFileSync(file, `${before}\n\n${describe(figures).join('\n\n')}\n`);
}

const HOW = `Real processes: PostgreSQL with fsync on, and nodes wired as in production with their Gy doors. Two packet cores, one as the standard has it and
one as Open5GS behaves, ask both nodes over TCP at once; some lines are served by both. Requests are lost on the way there or back, repeated at once and late with
the T flag and without, mostly at whichever node comes, overtaken by later ones, and told again under the next number by a core that forgot what it sent. Meanwhile nodes and
PostgreSQL are killed with SIGKILL, connections are cut just after COMMIT was sent, and cores fall over and come back in a later life. Then all harm
ends, the cores end their sessions, a sample of what was answered is asked once more, and what no core ended is ended by the sweep.

A model that hears only what cores sent and were answered is held against every row: each row is of a request that was sent, with the use it
reported; each request that was answered has its row, once, and the same answer for ever; one that nobody answered may be there or not. Each octet is covered,
paid or lost once; allowances, money and records agree; the money of each session is its own total rounded up once; nothing is reserved any more.
A run also fails when a living node keeps silent for 10 s, or breaks, or dies by itself, or when PostgreSQL says that its data is damaged.`;

const NOT_COVERED = `Not covered by it: Nchf and Sy; calls and messages (the scenarios and property tests have them); renewals during it; the emergency quota (a test of its own);
several machines, power loss, and clocks that differ between nodes.`;

function describe({ command, commit, machine, day, options, result }: ChargingFigures): string[] {
  const { counts, nodes, seconds, wrong, answerMs } = result;
  const longestBack = nodes.backMs.length === 0 ? 0 : Math.max(...nodes.backMs);
  return [
    '# Charging',
    wrong.length === 0
      ? '**Nothing lost, nothing doubled, nothing stuck.**'
      : [`**${wrong.length} things are wrong:**`, '', ...wrong.slice(0, 50).map((what) => `- ${what}`)].join('\n'),
    HOW,
    table([
      ['command', `\`${command}\``],
      ['commit', commit],
      ['seed', `${options.seed} (of the cores' choices and the plan of harm; what meets what is the machine's)`],
      ['machine', machine],
      ['day', day],
      [
        'took',
        `${seconds.opening} s opening ${options.lines} lines, ${seconds.driving} s under harm, ${seconds.healing} s healing, ${seconds.judging} s comparing`,
      ],
      ['requests sent', `${counts.sent}, of ${result.compared['requests']} different ones`],
      ['repeats · at another node than before · with the T flag', `${counts.repeated} · ${counts.onAnother} · ${counts.flagged}`],
      ['answered · told to come again (3004) · lost with their node', `${counts.answered} · ${counts.busy} · ${counts.lost}`],
      ['SIGKILL of a node · of PostgreSQL', `${nodes.kills} · ${result.postgresAwayMs.length}`],
      ['connections cut after COMMIT was sent', `${nodes.commitsCut}`],
      ['sessions ended because they were silent', `${result.endedBySilence}`],
      ['asked again when all was over, and answered as before', `${result.askedAgain}`],
      ['rows compared, one by one', `${result.compared['rows']}`],
      ['answer: median · 99 of 100 · longest, outages included', `${answerMs.p50} · ${answerMs.p99} · ${answerMs.max} ms`],
      ['a killed node answers again, longest', `${longestBack} ms`],
    ]),
    NOT_COVERED,
  ];
}

function table(rows: readonly (readonly [string, string])[]): string {
  return ['| the run | |', '| --- | --- |', ...rows.map(([name, value]) => `| ${name} | ${value.replaceAll('|', '\\|')} |`)].join('\n');
}
