/**
 * A grant may span a change of tariff (Tariff-Time-Change): the peer then counts what was used before and after it apart
 * (RFC 8506 §8.27, Tariff-Change-Usage). Many do not. What comes without a side is charged at the tariff in which the grant
 * was made: it is what the customer was asked for then, and no clock of ours can say better.
 */
import { assert } from '#platform/assert';

/** `indeterminate`: a block that straddles the change, which the peer could not divide. */
export type TariffSide = 'before' | 'after' | 'indeterminate';

export type ReportedUnits = { readonly units: bigint; readonly side?: TariffSide };

/** `tariff`: the one in which the grant was made; `next`: the one announced with it, where it spans a change. Null: the ordinary one. */
export type GrantTariff = { readonly tariff: string | null; readonly next?: { readonly tariff: string | null } };

export type UnitsAtTariff = { readonly tariff: string | null; readonly units: bigint };

/** What was used at which tariff, in the order of use; each tariff once, none for nothing. */
export function splitAtTariffChange({ tariff, next }: GrantTariff, reported: readonly ReportedUnits[]): UnitsAtTariff[] {
  let before = 0n;
  let after = 0n;
  for (const { units, side } of reported) {
    assert(units >= 0n, 'a use is never negative');
    if (side === 'after' && next !== undefined && next.tariff !== tariff) after += units;
    else before += units;
  }
  const parts = [{ tariff, units: before }, ...(next === undefined ? [] : [{ tariff: next.tariff, units: after }])];
  return parts.filter(({ units }) => units > 0n);
}
