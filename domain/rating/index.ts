export { classifyUse, zoneOf } from './classify-use.ts';
export { affordableUnits, costOf, debitOf } from './cost-use.ts';
export { rateFor } from './find-rate.ts';
export { nextTariffChange, tariffAt } from './find-tariff.ts';
export type { AskedUse, ClassifiedUse, RatedUse, Tally } from './rating.ts';
export {
  type GrantTariff,
  type ReportedUnits,
  splitAtTariffChange,
  type TariffSide,
  type UnitsAtTariff,
} from './split-at-tariff-change.ts';
