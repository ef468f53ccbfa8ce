export type { Catalog } from './catalog.ts';
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
export type { AllowancePart, Exhaustion, Pack, Plan, Product, ProductKind, Service, TopUp, UsageRate } from './product.ts';
export { endOfPeriod, localDayOfMonth, type PeriodFrom, startOfLocalDay } from './end-of-period.ts';
export { barePostcode, taxRegionOf } from './find-tax-region.ts';
export { type RefundAsked, type RefundRefusal, refundOf } from './refund-sale.ts';
export { catalogRefusals } from './refusals.ts';
export type { RefundedItem, TaxAmount, TaxDocument, TaxedItem, TaxRefund, TaxTotal } from './tax-document.ts';
export { type Sale, type TaxableItem, taxDocument, taxOfUse } from './tax-sale.ts';
export { type CatalogCache, createCatalogCache } from './catalog-cache.ts';
export { catalogRevision, loadCatalog } from './load-catalog.ts';
