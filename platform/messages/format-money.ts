/**
 * A currency's sign alone only where it can mean one currency to that reader: "$" is always the US dollar here (others
 * are "CA$", "NT$"), "¥" is the yen in English and Spanish and the yuan in Chinese, the other one is "CN¥" or "JP¥".
 * What has no sign of its own is written by its code: "KWD 4.500". Digits come from Intl (ISO 4217), exactly: the
 * amount travels as decimal text, never as a floating-point number.
 */
import { type Language, localeOf } from './language.ts';
import type { MoneyValue } from './template-values.ts';

const SIGNS: Readonly<Record<string, string>> = {
  USD: '$',
  EUR: '€',
  GBP: '£',
  KRW: '₩',
  INR: '₹',
  VND: '₫',
  CAD: 'CA$',
  AUD: 'A$',
  NZD: 'NZ$',
  HKD: 'HK$',
  TWD: 'NT$',
  SGD: 'S$',
  MXN: 'MX$',
  BRL: 'R$',
};

function signOf(language: Language, currency: string): string {
  const chinese = language === 'zh-Hans' || language === 'zh-Hant';
  if (currency === 'JPY') return chinese ? 'JP¥' : '¥';
  if (currency === 'CNY') return chinese ? '¥' : 'CN¥';
  return SIGNS[currency] ?? `${currency}\u00a0`;
}

const numberFormats = new Map<string, { format: Intl.NumberFormat; decimals: number }>();

function numberFormatOf(language: Language, currency: string) {
  const place = `${language} ${currency}`;
  let found = numberFormats.get(place);
  if (found === undefined) {
    const decimals = decimalsOf(currency);
    const locale = localeOf(language);
    found = { decimals, format: new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }) };
    numberFormats.set(place, found);
  }
  return found;
}

function decimalsOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** `{ currency: 'USD', minor: 1500n }` → "$15.00"; JPY → "¥1,500"; KWD → "KWD 4.500"; below zero: "-$15.00". */
export function formatMoney(language: Language, money: MoneyValue): string {
  const { format, decimals } = numberFormatOf(language, money.currency);
  const sign = money.minor < 0n ? '-' : '';
  return sign + signOf(language, money.currency) + format.format(decimalText(money.minor, decimals) as Intl.StringNumericLiteral);
}

/** "15.00" of 1500n: the size without its sign. */
function decimalText(minor: bigint, decimals: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
