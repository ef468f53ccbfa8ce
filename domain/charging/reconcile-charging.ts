import { type Queries, statement } from '#platform/database';

export type UnreconciledCharging = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly allowanceId: bigint;
  readonly charged: bigint;
  readonly posted: bigint;
  readonly reserved: bigint;
  readonly held: bigint;
};

const unreconciledOfSlot = statement<{ slot: number | null }, UnreconciledCharging>(import.meta.dirname, 'unreconciled-charging');

/** Allowances of a slot whose charged use differs from what requests posted, or whose reservation from what open sessions hold (G2, G3). */
export function reconcileCharging(queries: Queries, { slot }: { slot: number }): Promise<UnreconciledCharging[]> {
  return queries.query(unreconciledOfSlot, { slot });
}

/** The same over all slots: after a bench, and after each test. */
export function reconcileChargingOfAll(queries: Queries): Promise<UnreconciledCharging[]> {
  return queries.query(unreconciledOfSlot, { slot: null });
}
