/** What the supervisor tells a node, and a node the supervisor, beside its door: by the channel between parent and child. */
import type pg from 'pg';

export type NodeSettings = {
  readonly connection: pg.ClientConfig;
  readonly simulator: { readonly port: number; readonly key: string; readonly webhookSecret: string };
  readonly seed: number;
  /** How far transport time is ahead of the machine's. */
  readonly aheadMs: number;
  readonly cutOneIn: number;
  readonly log: string;
};

export type ToNode =
  | { readonly tell: 'close_gate' }
  | { readonly tell: 'open_gate'; readonly aheadMs: number }
  | { readonly tell: 'cut'; readonly oneIn: number };

export type FromNode =
  | { readonly told: 'ready'; readonly port: number }
  | { readonly told: 'gate_closed' }
  | { readonly told: 'cut'; readonly what: 'commits' | 'jobs' };
