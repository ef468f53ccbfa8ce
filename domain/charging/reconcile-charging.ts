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

/** Allowances whose charged use differs from what requests posted, or whose reservation from what open sessions hold (G2, G3): of all slots at once. */
export function reconcileChargingOfAll(queries: Queries): Promise<UnreconciledCharging[]> {
  return queries.query(unreconciledOfSlot, { slot: null });
}

export type UnreconciledShare = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly allowanceId: bigint;
  readonly lineId: bigint;
  readonly used: bigint;
  readonly posted: bigint;
  readonly reserved: bigint;
  readonly held: bigint;
};

const unreconciledShares = statement<Record<string, never>, UnreconciledShare>(import.meta.dirname, 'unreconciled-shares');

/** Capped lines whose share of an allowance differs from what they used and hold of it, or is more than all lines' together (SIM-4). */
export function reconcileSharesOfAll(queries: Queries): Promise<UnreconciledShare[]> {
  return queries.query(unreconciledShares, {});
}
