/**
 * How the built pages find the house they serve: the mount notes each request here before SvelteKit sees it, the hook looks
 * it up by the same request object. It hangs on `globalThis` because the pages are a bundle of their own, with their
 * own copy of every module; it is kept by request, so two mounts in one process (tests) never mix.
 */
import type { IncomingMessage } from 'node:http';
import type { SelfCareUseCases } from './use-cases.ts';

/** What pino offers and we use. */
export type WebLog = { error(details: Readonly<Record<string, unknown>>, message: string): void };

export type Visit = {
  readonly useCases: SelfCareUseCases;
  readonly source: string;
  /** Demonstration mode, asked for from this very machine. */
  readonly demonstration: boolean;
  readonly log: WebLog;
};

const EVERLINE = Symbol.for('everline');
type House = typeof globalThis & { [EVERLINE]?: WeakMap<IncomingMessage, Visit> };
const house: House = globalThis;

export function rememberVisit(request: IncomingMessage, visit: Visit): void {
  house[EVERLINE] ??= new WeakMap();
  house[EVERLINE].set(request, visit);
}

/** Throws when the request did not come through `mountWeb`: the pages serve nobody else. */
export function visitOf(request: IncomingMessage | undefined): Visit {
  const visit = request === undefined ? undefined : house[EVERLINE]?.get(request);
  if (visit === undefined) throw new Error('The pages were asked without mountWeb (channels/web/mount.ts).');
  return visit;
}
