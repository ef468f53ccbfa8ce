import type { Standing } from './allowance.ts';

/** Shares of the data in hand, in percent used, at which people are told. */
export const DATA_THRESHOLDS_PERCENT = [80, 100] as const;

/** Exact: percent × granted against 100 × used, ascending as given. Nothing is crossed where something is unlimited. */
export function thresholdsCrossed(before: Standing, after: Standing, thresholdsPercent: readonly number[]): number[] {
  const { granted, left } = before;
  if (granted === null || left === null || after.left === null) return [];
  const usedBefore = 100n * (granted - left);
  const usedAfter = 100n * (granted - after.left);
  return thresholdsPercent.filter((percent) => usedBefore < BigInt(percent) * granted && BigInt(percent) * granted <= usedAfter);
}
