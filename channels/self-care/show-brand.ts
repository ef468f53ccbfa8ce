import { type CountryCode, getCountryCallingCode, getExampleNumber, isSupportedCountry } from 'libphonenumber-js';
import examples from 'libphonenumber-js/mobile/examples';
import type { BrandView } from '#channels/web';
import { present } from '#platform/assert';
import type { Language } from '#platform/messages';
import type { Desk } from './desk.ts';

/** From the catalogue in memory. A house without an operator shows no page (`isSetUp`). */
export function showBrand({ house, paymentOrigins }: Desk, language: Language): BrandView {
  const brand = present(house.catalog().brand, 'pages are shown for a brand: apply an operator file first');
  const { name, accent, languages, support } = brand;
  return {
    name,
    accent,
    languages,
    support: { ...support, hours: support.hours[language] },
    ...numberHints(brand.defaultMarket),
    paymentOrigins,
  };
}

/** How numbers are written there; in a market that is no country, everybody writes the `+`. */
function numberHints(market: string): Pick<BrandView, 'callingCode' | 'exampleNumber'> {
  const country = market.split('-')[0] as CountryCode;
  if (!isSupportedCountry(country)) return { callingCode: '1', exampleNumber: '+1 206 555 0142' };
  return { callingCode: getCountryCallingCode(country), exampleNumber: getExampleNumber(country, examples)?.formatNational() ?? '' };
}
