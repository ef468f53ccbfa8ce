/** What needs a person at the operator's: money that is owed and did not go, money that was taken back, answers that do not come. */

import type { Money } from '#domain/money';
import { DAY_MS } from '#platform/clock';
import { type Queries, statement } from '#platform/database';
import { formatId } from '#platform/ids';
import type { Refund } from './payment.ts';

export type PaymentTrouble = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly orderId: bigint;
  readonly kind: 'refund_failed' | 'refund_waits' | 'dispute_open' | 'payment_waits';
  /** What it is called at the provider's: our reference, or the provider's id of the dispute. */
  readonly reference: string;
  readonly amount: Money;
  /** Why, in the provider's words; null where nobody said. */
  readonly detail: string | null;
  /** Transport time. */
  readonly since: Date;
};

type Row = { slot: number; accountId: bigint; orderId: bigint; currency: string; amountMinor: bigint };
type Waiting = { waitingSince: Date; limitRows: number };
const refundRows = statement<Waiting, Row & { refundId: bigint; state: string; failure: string | null; startedAt: Date }>(
  import.meta.dirname,
  'refunds-in-trouble',
);
const disputeRows = statement<{ limitRows: number }, Row & { disputeReference: string; reason: string; openedAt: Date }>(
  import.meta.dirname,
  'disputes-open',
);
const attemptRows = statement<Waiting, Row & { attemptId: bigint; state: string; startedAt: Date }>(
  import.meta.dirname,
  'attempts-in-trouble',
);

/** By then it has been asked about as often as helps (`nextAskAt`): from here on once a day. */
const PATIENCE_MS = DAY_MS;

/** The key under which a failed refund is sent again. */
export function againKey({ refundId }: Pick<Refund, 'refundId'>): string {
  return `again/${refundId}`;
}

/** The oldest first; at most `limitRows` of each kind. */
export async function listPaymentTroubles(queries: Queries, transportNow: Date, limitRows: number): Promise<PaymentTrouble[]> {
  const waiting = { waitingSince: new Date(transportNow.getTime() - PATIENCE_MS), limitRows };
  const [refunds, disputes, attempts] = await Promise.all([
    queries.query(refundRows, waiting),
    queries.query(disputeRows, { limitRows }),
    queries.query(attemptRows, waiting),
  ]);
  const troubles: PaymentTrouble[] = [
    ...refunds.map((row) => ({
      ...keyOf(row),
      kind: row.state === 'failed' ? ('refund_failed' as const) : ('refund_waits' as const),
      reference: formatId('ref', row.refundId),
      detail: row.failure,
      since: row.startedAt,
    })),
    ...disputes.map((row) => ({
      ...keyOf(row),
      kind: 'dispute_open' as const,
      reference: row.disputeReference,
      detail: row.reason,
      since: row.openedAt,
    })),
    ...attempts.map((row) => ({
      ...keyOf(row),
      kind: 'payment_waits' as const,
      reference: formatId('att', row.attemptId),
      detail: null,
      since: row.startedAt,
    })),
  ];
  return troubles.sort((one, other) => one.since.getTime() - other.since.getTime());
}

function keyOf({ slot, accountId, orderId, currency, amountMinor: minor }: Row) {
  return { slot, accountId, orderId, amount: { currency, minor } };
}
