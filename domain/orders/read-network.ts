/**
 * Whether the network has heard of an order's effect (FX-2). A grant counts for some minutes: what a phone asks for tomorrow, when it is
 * switched on, says nothing about how long its owner waited.
 */
import { confirmByNetwork, type NetworkAnswer } from '#domain/charging';
import type { Queries } from '#platform/database';
import type { Order } from './order.ts';

/** How long a page waits for the network; a session that is open asks within seconds of being told to. */
export const NETWORK_MS_MAX = 120_000;

const NOT_ASKED: NetworkAnswer = { grantedAt: null, isOpen: false };

/** Nothing is read for an order that took no effect: it is looked at each second. */
export async function readNetwork(queries: Queries, order: Pick<Order, 'content' | 'appliedAt' | 'effectiveAt'>): Promise<NetworkAnswer> {
  const { appliedAt, effectiveAt } = order;
  if (appliedAt === null || effectiveAt === null) return NOT_ASKED;
  const { slot, accountId, lineId } = order.content.line;
  const until = new Date(appliedAt.getTime() + NETWORK_MS_MAX);
  return confirmByNetwork(queries, { slot, accountId, lineId, effectiveAt, since: appliedAt, until });
}
