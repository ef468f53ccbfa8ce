/** RELIABILITY.md, the whole page: its figures are those of one run's JSON and nothing else; the prose is in `report-prose.ts`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Figures } from './gather-figures.ts';
import { keepOtherPart } from './keep-other-part.ts';
import { FOUND, HOW, NOT_COVERED, TOP, WINDOWS } from './report-prose.ts';
import type { WindowFigures } from './try-all-windows.ts';

export function writeReport(file: string, figures: Figures): void {
  const { charging } = keepOtherPart(existsSync(file) ? readFileSync(file, 'utf8') : '');
  writeFileSync(file, `${[...describe(figures), ...(charging === '' ? [] : [charging])].join('\n\n')}\n`);
}

function describe(figures: Figures): string[] {
  const { counts } = figures;
  const ends = Object.entries(counts.ends).map(([end, count]) => [end, `${count}`, `${counts.doubtfulEnds[end] ?? 0}`]);
  return [
    TOP,
    verdict(figures),
    table(['the run', ''], circumstances(figures)),
    HOW,
    '## What was done to it',
    table(['harm', ''], harm(figures)),
    '## How it recovered',
    table(['', 'times', 'median', 'longest'], recovery(figures)),
    '## What it did meanwhile',
    table(['load', ''], load(figures)),
    '## How the orders ended',
    table(['end', 'orders', 'of them with a request that was not answered'], ends),
    '## Why requests were not answered',
    table(['why', 'requests'], unanswered(figures)),
    '## What was compared',
    table(
      ['held against the model', 'pieces'],
      Object.entries(counts.compared).map(([what, count]) => [what, `${count}`]),
    ),
    ...windows(figures.windows),
    FOUND,
    NOT_COVERED,
  ];
}

function verdict({ wrong, run: { healed }, windows: tried }: Figures): string {
  const all = [...wrong, ...(tried?.passed === false ? ['a crash window did not end as it must'] : [])];
  if (all.length > 0)
    return ['## Verdict', '', `**${all.length} things are wrong:**`, '', ...all.slice(0, 50).map((what) => `- ${what}`)].join('\n');
  return `## Verdict\n\n**Nothing lost, nothing doubled, nothing stuck.** Everything was at its end after ${healed.hours} simulated hours without harm.`;
}

function circumstances({ command, commit, options, machine, run, day }: Figures): string[][] {
  const { opening, driving, healing, judging } = run.seconds;
  return [
    ['command', `\`${command}\``],
    ['commit', commit],
    ['seed', `${options.seed} (of the customers' choices and the plan of harm; what meets what is the machine's)`],
    ['machine', machine],
    ['day', day],
    ['took', `${opening} s opening ${options.lines} lines, ${driving} s under harm, ${healing} s healing, ${judging} s comparing`],
  ];
}

function harm({ options, run: { nodes, recoveries, movedMs } }: Figures): string[][] {
  return [
    ['nodes at once', `${options.nodes}`],
    ['SIGKILL of a node', `${nodes.kills}`],
    ['SIGKILL of PostgreSQL, the postmaster and all its children', `${recoveries.length}`],
    ['connections cut after COMMIT was sent', `${nodes.commitsCut}`],
    ['connections cut after a job was taken or ended', `${nodes.jobsCut}`],
    ['time moved on under load', `${Math.round(movedMs / 60_000)} min`],
  ];
}

function recovery({ run: { nodes, recoveries, jobs } }: Figures): string[][] {
  return [
    timesRow('a killed node answers again', nodes.backMs),
    timesRow(
      'PostgreSQL takes connections again, the time it was kept away included',
      recoveries.map(({ awayMs }) => awayMs),
    ),
    timesRow(
      'from then: every node answers',
      recoveries.map(({ answeredMs }) => answeredMs),
    ),
    timesRow(
      'from then: a job is done',
      recoveries.map(({ jobsMs }) => jobsMs),
    ),
    ['a job is held by a process that is gone (over 5 s)', `${jobs.orphaned}`, '', seconds(jobs.longestHeldMs)],
  ];
}

function timesRow(what: string, times: readonly number[]): string[] {
  const sorted = times.toSorted((left, right) => left - right);
  return [what, `${times.length}`, seconds(sorted[Math.floor(sorted.length / 2)]), seconds(sorted.at(-1))];
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? '' : `${(ms / 1000).toFixed(1)} s`;
}

function load({ options, counts, run: { renewals, webhooks, healed } }: Figures): string[][] {
  const { answers } = counts;
  return [
    ['renewals begun', `${renewals} of ${options.renewals} asked for`],
    ['orders, with packs, top-ups and first periods', `${counts.orders}, and ${counts.neverPlaced} that were never placed`],
    ['orders with a renewal in effect at the end', `${counts.renewalsInEffect}`],
    ['requests answered · refused · not answered', `${answers.ok} · ${answers.fail} · ${answers.unknown}`],
    ['the longest that a request took', seconds(counts.longestAnswerMs)],
    ['repeats under the same key', `${counts.repeats}`],
    ['asked again when all harm had ended, a third the next day', `${healed.askedAgain}`],
    ['webhooks received', `${webhooks}`],
    ['payments captured by the provider', `${counts.payments}, ${counts.capturedUsd} USD`],
    ['given back', `${counts.refundedUsd} USD`],
  ];
}

const WHYS = {
  database_away: 'the node said that its database is away (at the API this is 503)',
  client_left: 'the client went away',
  node_gone: 'the node was killed',
  too_late: 'no answer in 30 s',
  fault: 'the node broke in another way',
  not_sent: 'nobody listened',
} as const;

function unanswered({ counts }: Figures): string[][] {
  return Object.entries(WHYS).map(([why, words]) => [words, `${counts.unanswered[why as keyof typeof WHYS] ?? 0}`]);
}

function windows(figures: WindowFigures | undefined): string[] {
  if (figures === undefined) return [];
  const singles = figures.tried.filter(({ pairs }) => pairs === undefined);
  const doubles = figures.tried.filter(({ pairs }) => pairs !== undefined);
  const sum = (all: readonly object[], key: string) => all.reduce((total, one) => total + Number((one as Record<string, unknown>)[key]), 0);
  const result = figures.passed ? 'every one ended as it must' : '**some did not end as they must**';
  return [
    '## Crash windows',
    WINDOWS,
    `${singles.length} cases, ${sum(singles, 'windows')} windows, all tried; ${sum(doubles, 'pairs')} of ${sum(doubles, 'all')} pairs of deaths tried: ${result}.`,
    table(
      ['case', 'ports', 'windows', 'pairs tried of'],
      figures.tried.map(({ name, ports, windows: count, pairs, all }) => [
        name,
        `${ports}`,
        `${count}`,
        pairs === undefined ? '' : `${pairs} of ${all}`,
      ]),
    ),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
