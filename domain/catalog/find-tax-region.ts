import { present } from '#platform/assert';
import type { Market, TaxRegion } from './market.ts';

/**
 * The tax region of a line: the first whose postcode ranges hold `postcode`, else the market's default (also when the
 * postcode is not known). Spaces and hyphens do not count, and a longer postcode is in the range of its beginning:
 * "98101-1234" is in 98001–99403.
 */
export function taxRegionOf(market: Pick<Market, 'taxRegions' | 'taxRegionDefault'>, postcode: string | null): TaxRegion {
  const bare = postcode === null ? '' : barePostcode(postcode);
  const found = market.taxRegions.find(({ postcodes }) => postcodes.some(({ from, to }) => isBetween(bare, from, to)));
  const fallback = market.taxRegions.find(({ code }) => code === market.taxRegionDefault);
  return found ?? present(fallback, `market has its default tax region ${market.taxRegionDefault}`);
}

/** How postcodes are compared and written in ranges: capitals and digits only. */
function barePostcode(postcode: string): string {
  return postcode
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
}

function isBetween(postcode: string, from: string, to: string): boolean {
  const beginning = postcode.slice(0, from.length);
  return beginning.length === from.length && from <= beginning && beginning <= to;
}
