import { type Queries, statement } from '#platform/database';
import type { Channel, Delivery, Notice } from './notices.ts';

/** A notice and how far it got. */
export type ListedNotice = Notice & Delivery;

type Page = { before: bigint; channel: Channel | null; count: number };
type AccountKey = { readonly slot: number; readonly accountId: bigint };
export type OrderKey = AccountKey & { readonly orderId: bigint };
const listAll = statement<Page, ListedNotice>(import.meta.dirname, 'list-notices');
const listAccount = statement<Page & AccountKey, ListedNotice>(import.meta.dirname, 'list-account-notices');
const orderDeliveries = statement<OrderKey, OrderDelivery>(import.meta.dirname, 'order-deliveries');

export type NoticeListing = {
  /** One account's; without it everybody's, which only a demonstration's outbox page and an operator may see. */
  readonly account?: AccountKey | undefined;
  readonly channel?: Channel | undefined;
  /** The last `noticeId` of the page before. */
  readonly before?: bigint | undefined;
  readonly count?: number | undefined;
};

const COUNT_MAX = 200;
const NEWEST = (1n << 63n) - 1n;

/** Newest first, 50 unless told, 200 at most. */
export function listNotices(queries: Queries, { account, channel, before, count = 50 }: NoticeListing): Promise<ListedNotice[]> {
  const page = { before: before ?? NEWEST, channel: channel ?? null, count: Math.min(count, COUNT_MAX) };
  return account === undefined
    ? queries.query(listAll, page)
    : queries.query(listAccount, { ...page, slot: account.slot, accountId: account.accountId });
}

export type OrderDelivery = Pick<Notice, 'channel' | 'kind'> & Pick<Delivery, 'state' | 'endedAt'>;

/** What was told of one order and when it left (transport time): the last stage of the order page (FX-2). */
export function readOrderDeliveries(queries: Queries, key: OrderKey): Promise<OrderDelivery[]> {
  return queries.query(orderDeliveries, { slot: key.slot, accountId: key.accountId, orderId: key.orderId });
}
