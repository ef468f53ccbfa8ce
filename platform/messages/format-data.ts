/**
 * Data as plans are sold: 1 GB is 10⁹ octets, as on the price list, the ring and the bill. What is left is rounded down, so
 * that nobody is told of data they do not have.
 */
import { type Language, localeOf } from './language.ts';

const KB = 1_000n;
const MB = 1_000_000n;
const GB = 1_000_000_000n;
const TB = 1_000_000_000_000n;

/** 2_140_000_000n → "2.1 GB"; 350_000_000n → "350 MB"; 900n → "0.9 KB"; one decimal below 100, none above. */
export function formatData(language: Language, octets: bigint): string {
  const [unit, name] = octets >= TB ? [TB, 'TB'] : octets >= GB ? [GB, 'GB'] : octets >= MB ? [MB, 'MB'] : ([KB, 'KB'] as const);
  const decimals = name === 'GB' || name === 'TB' || octets < KB ? 1 : 0;
  const scale = decimals === 1 ? 10n : 1n;
  const scaled = (octets * scale) / unit;
  const value = Number(scaled) / Number(scale);
  return `${formatCount(language, value)}\u00a0${name}`;
}

const counts = new Map<Language, Intl.NumberFormat>();

/** "1,234" or "2.1": a plain figure in the language's own grouping. */
export function formatCount(language: Language, value: number | bigint): string {
  let format = counts.get(language);
  if (format === undefined) {
    format = new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 1 });
    counts.set(language, format);
  }
  return format.format(value);
}
