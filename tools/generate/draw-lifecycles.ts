/**
 * Every state machine that a domain folder shows at its front door: an export whose name ends in LIFECYCLE or
 * TRANSITIONS, from a state to what leads where. Drawn as a table of state by event, and as a picture.
 */
import { domainFolders, exportsOf } from './domain-folders.ts';
import { code, page, table } from './markdown.ts';

type Move = { readonly from: string; readonly event: string; readonly to: string };
type Machine = { readonly states: readonly string[]; readonly moves: readonly Move[] };

export async function drawLifecycles(): Promise<string> {
  const blocks: string[] = [];
  for (const folder of domainFolders('index.ts')) {
    const machines = Object.entries(await exportsOf(folder, 'index.ts')).filter(([name]) => /(^|_)(LIFECYCLE|TRANSITIONS)$/.test(name));
    for (const [name, value] of machines) blocks.push(`## ${folder}: ${code(name)}`, ...draw(readMachine(value)));
  }
  return page('Lifecycles', 'From a state (left) an event (above) leads to a state. What is not here does not happen.', ...blocks);
}

/** `{ state: { event: next } }`, or `{ state: [next, …] }` where the event is named like the state it leads to. */
export function readMachine(value: unknown): Machine {
  const entries = Object.entries(value as Record<string, readonly string[] | Record<string, string>>);
  const moves = entries.flatMap(([from, leads]) =>
    Array.isArray(leads)
      ? leads.map((to) => ({ from, event: to, to }))
      : Object.entries(leads).map(([event, to]: [string, string]) => ({ from, event, to })),
  );
  return { states: entries.map(([state]) => state), moves };
}

export function draw({ states, moves }: Machine): string[] {
  const events = [...new Set(moves.map(({ event }) => event))];
  const next = (from: string, event: string): string => moves.find((move) => move.from === from && move.event === event)?.to ?? '';
  const rows = states.map((state) => [code(state), ...events.map((event) => next(state, event))]);
  const arrows = moves.map(({ from, event, to }) => `  ${from} --> ${to}: ${event}`);
  return [table(['', ...events.map(code)], rows), ['```mermaid', 'stateDiagram-v2', ...arrows, '```'].join('\n')];
}
