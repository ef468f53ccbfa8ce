/** What every part of the simulator is handed. */
import { randomBytes } from 'node:crypto';
import type { Manner } from './cards.ts';
import type { Store } from './store.ts';

export type SimulatorOptions = {
  /** 0: any free one. Always on 127.0.0.1. */
  readonly port?: number | undefined;
  /** Where everything is kept; nowhere when absent. */
  readonly folder?: string | undefined;
  readonly key?: string | undefined;
  readonly webhookUrl?: string | undefined;
  readonly webhookSecret?: string | undefined;
  /** How pages are reached from a browser, when not as http://127.0.0.1:<port>. */
  readonly publicUrl?: string | undefined;
  readonly merchant?: string | undefined;
  /** Transport time. */
  readonly now?: (() => Date) | undefined;
  readonly times?: Partial<Times> | undefined;
};

/** How long things take, in real milliseconds; tests make them short. */
export type Times = {
  readonly webhookDelayMs: number;
  readonly lateWebhookMs: number;
  /** Between deliveries that are refused or not answered. */
  readonly webhookRetriesMs: readonly number[];
  readonly webhookTimeoutMs: number;
  readonly slowMs: number;
  /** How long a lost answer keeps its caller waiting. */
  readonly lostMs: number;
  readonly refundMs: number;
  readonly disputeMs: number;
  /** How old a customer must be for search to find it. */
  readonly searchLagMs: number;
};

export const TIMES: Times = {
  webhookDelayMs: 200,
  lateWebhookMs: 20_000,
  webhookRetriesMs: [1_000, 5_000, 30_000, 300_000, 3_600_000],
  webhookTimeoutMs: 10_000,
  slowMs: 5_000,
  lostMs: 15_000,
  refundMs: 5_000,
  disputeMs: 3_000,
  searchLagMs: 60_000,
};

/** What goes wrong with the next calls whose method and path begin so. */
export type Fault = {
  /** `POST /v1/checkout/sessions`, say. */
  readonly on: string;
  /**
   * error_500_before: nothing done, 500; error_500: done, 500; lost_before, lost: the same without an answer; slow: done,
   * answered late; rate_limit: 429; refused: 400, as with an empty balance; garbage: done, the answer is no JSON.
   */
  readonly kind: FaultKind;
  readonly times: number;
};
export const FAULT_KINDS = ['error_500_before', 'error_500', 'lost_before', 'lost', 'slow', 'rate_limit', 'refused', 'garbage'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export type Simulator = {
  readonly store: Store;
  readonly key: string;
  readonly webhookSecret: string;
  readonly merchant: string;
  readonly times: Times;
  readonly now: () => Date;
  /** Known once it listens. */
  publicUrl: string;
  webhookUrl: string | undefined;
  faults: Fault[];
  /** Overrides the card's manner for all webhooks, for tests. */
  manner: Manner | undefined;
  /** Ends deliveries that are under way: they are tried again by the next run. */
  readonly ending: AbortSignal;
};

/** Stripe counts in seconds. */
export function nowSeconds(simulator: Simulator): number {
  return Math.floor(simulator.now().getTime() / 1000);
}

/** `pi_…`, in Stripe's manner. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}
