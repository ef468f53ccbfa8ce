export type {
  AccountKey,
  Allowance,
  AllowanceSummary,
  OrderItemKey,
  Package,
  PackagePart,
  Pair,
  Portion,
  Remaining,
  Service,
  Speed,
  Split,
  Standing,
  Starts,
  UsableAllowance,
  UseContext,
  UsePolicy,
} from './allowance.ts';
export { type Consumed, consume, type UseReport } from './consume-allowances.ts';
export { DATA_THRESHOLDS_PERCENT, thresholdsCrossed } from './cross-thresholds.ts';
export { type DayShown, forecastUse, localDay, type UseForecast } from './forecast-use.ts';
export { type Forfeit, forfeitEnded } from './forfeit-ended.ts';
export { type Grant, grantAllowances } from './grant-allowances.ts';
export { isShareOf, type LineShare, moved, shareOf } from './line-share.ts';
export { type AllowancesToMove, moveAllowances } from './move-allowances.ts';
export { orderOfUse } from './order-of-use.ts';
export { readAllowances, readOrderAllowances } from './read-allowances.ts';
export { reconcileAllowances, type UnreconciledAllowance } from './reconcile-allowances.ts';
export { type Redate, redateAllowances, startEarly } from './redate-allowances.ts';
export { type CountedShare, readLineCap, setLineCap } from './set-line-cap.ts';
export { splitUse } from './split-use.ts';
export { standingOf, summarise } from './summarise-allowances.ts';
export { type DayOfUse, useByDay } from './use-by-day.ts';
export { type Withdrawal, type Withdrawn, withdrawAllowances } from './withdraw-allowances.ts';
