/**
 * Reads what a person types into a field for money. The field has a currency already; a sign or code that agrees with it
 * is welcome. Where a separator could mean two amounts we ask instead of guessing: a guess is somebody's money.
 */
import { present } from '#platform/assert';
import type { Refusal } from '#platform/refusals';
import { exponentOf, isCurrency } from './currency.ts';
import { decimalText, type Money, money } from './money.ts';
import { refuse } from './refusals.ts';

export type AmountRefusal = Refusal<
  | 'money.amount_not_understood'
  | 'money.amount_ambiguous'
  | 'money.amount_too_precise'
  | 'money.amount_negative'
  | 'money.amount_too_large'
  | 'money.amount_other_currency'
>;

/** Longer than anybody types; more is not looked at. */
const TEXT_LENGTH_MAX = 60;
/** Ten trillion dollars; what a market lets one pay is far below. */
const MINOR_MAX = 10n ** 15n;

/**
 * "12.50", "12,50", "1,234.56", "1.234,56", "1 234,56", "１２．５", "١٢٫٥", "$12", "12 USD", "1500円" → Money.
 * A point alone divides decimals, and so does a comma where the digits after it can be decimals of the currency; three
 * digits after a comma are thousands. "1.234" dollars and "1,234" dinars are ambiguous.
 */
export function parseAmount(text: string, currency: string): Money | AmountRefusal {
  const values = {
    text: text.slice(0, TEXT_LENGTH_MAX),
    currency,
    decimals: exponentOf(currency),
    sample: decimalText(money(currency, 12n * unitOf(currency))),
  };
  if (text.length > TEXT_LENGTH_MAX) return refuse('money.amount_not_understood', values);
  const bare = withoutCurrency(plainCharacters(text), currency);
  if (bare === undefined) return refuse('money.amount_other_currency', values);
  if (/^([-\u2212].*|.*-|\(.*\))$/.test(bare) && /\d/.test(bare)) return refuse('money.amount_negative', values);
  const written = readNumber(bare, exponentOf(currency));
  if (typeof written === 'string') return refuse(`money.amount_${written}`, values);
  const minor = BigInt(written.whole + written.fraction.padEnd(exponentOf(currency), '0'));
  return minor > MINOR_MAX ? refuse('money.amount_too_large', values) : money(currency, minor);
}

function unitOf(currency: string): bigint {
  return 10n ** BigInt(exponentOf(currency));
}

/** Where the digits of other scripts begin; NFKC turns full-width ones into ASCII but not these (Arabic, Persian). */
const DIGIT_ZEROS = [0x0660, 0x06f0];

function plainCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
      const code = digit.charCodeAt(0);
      return String(
        code -
          present(
            DIGIT_ZEROS.findLast((zero) => zero <= code),
            'a digit of a script we know',
          ),
      );
    })
    .replaceAll('\u066b', '.') // Arabic decimal separator
    .replaceAll('\u066c', ',') // Arabic thousands separator
    .replaceAll('\u3002', '.') // the full stop of a Chinese or Japanese keyboard
    .replace(/[\u200e\u200f\u061c]/g, '') // marks of writing direction
    .trim();
}

/** Words people write instead of a sign; "kuai" is what anybody says for yuan. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  JPY: ['円', '圓', '日元', '日圓'],
  CNY: ['元', '块', '塊', '圆', '人民币', 'RMB'],
  TWD: ['元', '塊', '圓', 'NT'],
  HKD: ['元', '蚊'],
  USD: ['美元', '美金', '刀'],
  KWD: ['KD', 'د.ك'],
};

/** The text without a sign, code or word of the currency; undefined when it names another currency. */
function withoutCurrency(text: string, currency: string): string | undefined {
  const names = [currency, signOf(currency, 'symbol'), signOf(currency, 'narrowSymbol'), ...(WORDS[currency] ?? [])]
    // "US$", "CA$": how a dollar is told from the others. The longest name is tried first.
    .concat(signOf(currency, 'narrowSymbol') === '$' ? [`${currency.slice(0, 2)}$`] : [])
    .map((name) => name.toUpperCase())
    .sort((left, right) => right.length - left.length);
  const upper = text.toUpperCase();
  const leading = /^[-\u2212(]?\s*/.exec(upper)?.[0] ?? '';
  const start = names.find((name) => upper.startsWith(name, leading.length));
  const end = names.find((name) => upper.endsWith(name));
  let rest = upper;
  if (start !== undefined) rest = leading + upper.slice(leading.length + start.length);
  else if (end !== undefined) rest = upper.slice(0, -end.length);
  const foreign = /\p{Sc}/u.test(rest) || isCurrency(/[A-Z]{3}/.exec(rest)?.[0] ?? '');
  return foreign ? undefined : rest.trim();
}

function signOf(currency: string, currencyDisplay: 'symbol' | 'narrowSymbol'): string {
  const parts = new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay }).formatToParts(0);
  return (parts.find((part) => part.type === 'currency')?.value ?? currency).normalize('NFKC');
}

type Written = { readonly whole: string; readonly fraction: string };

function readNumber(text: string, exponent: number): Written | 'not_understood' | 'ambiguous' | 'too_precise' {
  const found = /^(\d[\d.,'’\s]*)?(?:\.(\d+))?$/.exec(text);
  if (found === null || !/\d$/.test(text)) return 'not_understood';
  // Spaces and apostrophes only ever divide thousands.
  const separators = [...text.replace(/[^.,]/g, '')];
  const last = separators.at(-1);
  if (last === undefined) return grouped(text, '', exponent);
  const isMixed = separators.some((separator) => separator !== last);
  const isRepeated = separators.filter((separator) => separator === last).length > 1;
  if (isRepeated) return isMixed ? 'not_understood' : grouped(text, '', exponent);
  const place = text.lastIndexOf(last);
  const whole = text.slice(0, place);
  const fraction = text.slice(place + 1);
  if (isMixed) return grouped(whole, fraction, exponent);
  return oneSeparator({ text, whole, fraction, separator: last, exponent });
}

/** One point or comma and nothing else to tell decimals from thousands by. */
function oneSeparator(found: { text: string; whole: string; fraction: string; separator: string; exponent: number }) {
  const { text, whole, fraction, separator, exponent } = found;
  const couldGroup = /^[1-9]\d{0,2}$/.test(whole) && /^\d{3}$/.test(fraction);
  if (!couldGroup) return grouped(whole, fraction, exponent);
  if (separator === '.') return exponent === 3 ? grouped(whole, fraction, exponent) : 'ambiguous';
  return exponent === 3 ? 'ambiguous' : grouped(text, '', exponent);
}

/** `whole` in groups of three, or with no groups at all. */
function grouped(whole: string, fraction: string, exponent: number): Written | 'not_understood' | 'too_precise' {
  const isWhole = /^\d*$/.test(whole) || /^\d{1,3}([.,'’\s])\d{3}(?:\1\d{3})*$/.test(whole);
  if (!isWhole || !/^\d*$/.test(fraction)) return 'not_understood';
  // "12.500" dollars is too precise even where the rest is noughts: who typed it may have meant thousands.
  if (fraction.length > exponent) return 'too_precise';
  return { whole: whole.replace(/\D/g, '') || '0', fraction };
}
