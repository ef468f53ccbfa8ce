export { type AppliedOperator, type ApplyRefusal, applyOperator, type CatalogChange } from './apply-operator.ts';
export type { Catalog, ProductTerms } from './catalog.ts';
export { type CatalogCache, createCatalogCache } from './catalog-cache.ts';
export { endOfPeriod, localDayOfMonth, type PeriodFrom } from './end-of-period.ts';
export { loadCatalog } from './load-catalog.ts';
export type {
  Brand,
  Lifecycle,
  Market,
  Names,
  PaymentChoice,
  Period,
  Seller,
  TaxComponent,
  TaxPoint,
  TaxRegion,
  TaxRounding,
} from './market.ts';
export {
  type AbroadDestination,
  ANY_ZONE,
  type Destinations,
  HOME_ZONE,
  HOTSPOT_SERVICE,
  type Network,
  OTHER_ZONE,
  type RatingGroup,
  RENEWAL_SERVICE,
  type RoamingZone,
  type TariffPeriod,
  WEEKDAYS,
  type Weekday,
  type WeeklyTime,
} from './network.ts';
export type { OperatorFile } from './operator-file.ts';
export {
  type AllowancePart,
  covers,
  type Exhaustion,
  type Increment,
  type Pack,
  type Plan,
  type Product,
  type ProductKind,
  type Service,
  type TopUp,
  type Unit,
  type UsageRate,
  unitOf,
} from './product.ts';
export { readQuantity } from './read-quantity.ts';
export { type RefundAsked, type RefundRefusal, refundOf } from './refund-sale.ts';
export type { RefundedItem, TaxAmount, TaxDocument, TaxedItem, TaxRefund, TaxTotal } from './tax-document.ts';
export { type Sale, type TaxableItem, taxDocument } from './tax-sale.ts';
export type { ProductRefusal } from './validate-product.ts';
