/**
 * How many decimals each currency's minor unit has (ISO 4217, list one of January 2026). Funds codes, metals and the
 * testing code are left out: nobody pays with them. MRU and MGA divide by five, but ISO gives them two decimals.
 */
import { assert } from '#platform/assert';

const WITHOUT_DECIMALS = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF';
const WITH_THREE = 'BHD IQD JOD KWD LYD OMR TND';
const WITH_TWO =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK ' +
  'DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD ' +
  'KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP ' +
  'PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH ' +
  'USD UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG';

const exponents: ReadonlyMap<string, number> = new Map([
  ...WITHOUT_DECIMALS.split(' ').map((code): [string, number] => [code, 0]),
  ...WITH_TWO.split(' ').map((code): [string, number] => [code, 2]),
  ...WITH_THREE.split(' ').map((code): [string, number] => [code, 3]),
]);

/** Whether `text` is the code of a currency that money can be counted in here. */
export function isCurrency(text: string): boolean {
  return exponents.has(text);
}

/** Decimals of the currency's minor unit: USD 2, JPY 0, KWD 3. An unknown code is a fault. */
export function exponentOf(currency: string): number {
  const exponent = exponents.get(currency);
  assert(exponent !== undefined, `a currency has an ISO 4217 code that we know, not ${currency}`);
  return exponent;
}

/** Every code there is, in order. */
export function currencies(): readonly string[] {
  return [...exponents.keys()].sort();
}
