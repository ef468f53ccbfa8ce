/** An operator file, read: what `applyOperator` compares with the catalogue. */
import type { MarketTerms, ProductTerms } from './catalog.ts';
import type { Brand } from './market.ts';

/** `from` null: from when it is first applied. */
export type DatedTerms<Terms> = { readonly code: string; readonly from: Date | null; readonly terms: Terms };

export type MarketToApply = DatedTerms<MarketTerms> & { readonly products: readonly DatedTerms<ProductTerms>[] };

export type Operator = { readonly brand: Brand; readonly markets: readonly MarketToApply[] };
