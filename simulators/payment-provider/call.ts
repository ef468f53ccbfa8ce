/** What answers a call: its parameters, and what a list is filtered by. */
import type { AnswerManner } from './cards.ts';
import type { Parameters } from './parameters.ts';
import type { Simulator } from './simulator.ts';

export type Call = { readonly simulator: Simulator; readonly parameters: Parameters; readonly id: string };
export type Answer = {
  readonly status: number;
  readonly body: object;
  readonly manner?: AnswerManner;
  /** Deliveries to be made before this is answered. */
  readonly early?: readonly number[];
};

export const ok = (body: object): Answer => ({ status: 200, body });

/** `customer`, `created[gte]`, `limit`, `starting_after`, newest first. Never behind, unlike search. */
export function listFilter(parameters: Parameters) {
  const filter = {
    customer: parameters.text('customer'),
    createdFrom: parameters.group('created').whole('gte'),
    after: parameters.text('starting_after'),
    limit: Math.min(100, Math.max(1, parameters.whole('limit') ?? 10)),
  };
  return { ...filter, expanded: parameters.expanded() };
}
