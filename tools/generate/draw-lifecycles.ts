/**
 * The state machines, which are data in the domain: from a state, what leads where. Drawn as a table of state by event,
 * and as a picture.
 */
import { LIFECYCLE } from '#domain/lines';
import { DELIVERY_LIFECYCLE } from '#domain/notices';
import { ORDER_LIFECYCLE } from '#domain/orders';
import { ATTEMPT_TRANSITIONS, DISPUTE_TRANSITIONS, REFUND_TRANSITIONS } from '#domain/payments';
import { code, page, table } from './markdown.ts';

/** `{ state: { event: next } }`, or `{ state: [next, …] }` where the event is named like the state it leads to. */
export type Lifecycle = Readonly<Record<string, readonly string[] | Readonly<Record<string, string | undefined>>>>;

export const LIFECYCLES: Readonly<Record<string, Readonly<Record<string, Lifecycle>>>> = {
  lines: { LIFECYCLE },
  orders: { ORDER_LIFECYCLE },
  payments: { ATTEMPT_TRANSITIONS, REFUND_TRANSITIONS, DISPUTE_TRANSITIONS },
  notices: { DELIVERY_LIFECYCLE },
};

export async function drawLifecycles(): Promise<string> {
  const blocks = Object.entries(LIFECYCLES).flatMap(([folder, lifecycles]) =>
    Object.entries(lifecycles).flatMap(([name, lifecycle]) => [`## ${folder}: ${code(name)}`, ...draw(lifecycle)]),
  );
  return page('Lifecycles', 'From a state (left) an event (above) leads to a state. What is not here does not happen.', ...blocks);
}

export function draw(lifecycle: Lifecycle): string[] {
  const moves = Object.entries(lifecycle).flatMap(([from, leads]) => movesFrom(from, leads));
  const events = [...new Set(moves.map(({ event }) => event))];
  const next = (from: string, event: string): string => moves.find((move) => move.from === from && move.event === event)?.to ?? '';
  const rows = Object.keys(lifecycle).map((state) => [code(state), ...events.map((event) => next(state, event))]);
  const arrows = moves.map(({ from, event, to }) => `  ${from} --> ${to}: ${event}`);
  return [table(['', ...events.map(code)], rows), ['```mermaid', 'stateDiagram-v2', ...arrows, '```'].join('\n')];
}

function movesFrom(from: string, leads: Lifecycle[string]): { from: string; event: string; to: string }[] {
  if (isList(leads)) return leads.map((to) => ({ from, event: to, to }));
  return Object.entries(leads ?? {}).flatMap(([event, to]) => (to === undefined ? [] : [{ from, event, to }]));
}

const isList = (leads: Lifecycle[string]): leads is readonly string[] => Array.isArray(leads);
