/**
 * What a sale is taxed, item by item. Every document adds up: an item's net and taxes are its gross, and each total is the
 * sum of what was rounded. It is plain data: an order keeps it, a receipt prints it, a refund divides it.
 */
import type { Money, Ratio } from '#domain/money';
import type { Names } from './market.ts';
import type { ProductKind } from './product.ts';

export type TaxAmount = { readonly code: string; readonly amount: Money };

export type TaxedItem = {
  readonly kind: ProductKind;
  /** As the product states it: with tax or without, as the market says. */
  readonly price: Money;
  /** What of the price the money balance pays; not taxed again where tax is due at load. */
  readonly fromBalance: Money;
  readonly net: Money;
  /** Components that apply, in the region's order; none for an untaxed item. */
  readonly taxes: readonly TaxAmount[];
  readonly tax: Money;
  readonly gross: Money;
};

export type TaxTotal = TaxAmount & {
  readonly names: Names;
  /** Null for a fixed amount. */
  readonly rate: Ratio | null;
};

export type TaxDocument = {
  readonly market: string;
  readonly marketVersion: number;
  /** Code of the tax region that was applied. */
  readonly taxRegion: string;
  readonly pricesIncludeTax: boolean;
  readonly items: readonly TaxedItem[];
  /** Components that apply to some item, summed over the items. */
  readonly taxes: readonly TaxTotal[];
  /** What the taxes were reckoned on, without them. */
  readonly taxable: Money;
  readonly net: Money;
  readonly tax: Money;
  /** net + tax: what the customer pays in all, by whatever means. */
  readonly total: Money;
};

export type RefundedItem = {
  /** Its place in the document, from 0. */
  readonly itemNo: number;
  readonly net: Money;
  readonly taxes: readonly TaxAmount[];
  readonly tax: Money;
  readonly gross: Money;
};

/** Part of a document given back: what a credit note says. All amounts above or at zero. */
export type TaxRefund = {
  /** Items that get something back. */
  readonly items: readonly RefundedItem[];
  readonly taxes: readonly TaxTotal[];
  readonly net: Money;
  readonly tax: Money;
  readonly total: Money;
};
