/**
 * One catalogue, one function. Templates are compiled once per language and key, at first use. Measured on one core: 0.3 µs
 * for a sentence without values, 2 µs with money in it, 6 µs a day or a number, so a page may say hundreds.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import { type Catalogue, catalogues, type MessageKey } from './catalogue/index.ts';
import { formatData } from './format-data.ts';
import { formatMinutes } from './format-minutes.ts';
import { formatMoney } from './format-money.ts';
import { formatMaskedNumber, formatNumber } from './format-number.ts';
import { formatSpeed } from './format-speed.ts';
import { formatDate, formatDay, formatInstant, formatTime, formatUntil } from './format-time.ts';
import { type Language, localeOf } from './language.ts';
import type { Kind, KindValues, ValuesOf } from './template-values.ts';

export type MessageValues<Key extends MessageKey> = ValuesOf<Catalogue[Key]>;
type Rest<Values> = Record<never, never> extends Values ? [values?: Values] : [values: Values];

/** The sentence `key` in `language`. Wrong keys and missing or mistyped values do not compile. */
export function say<Key extends MessageKey>(language: Language, key: Key, ...[values]: Rest<MessageValues<Key>>): string {
  return sayLoosely(language, key, (values ?? {}) as LooseValues);
}

export type LooseValue = string | number | bigint | Date | { readonly currency: string; readonly minor: bigint };
export type LooseValues = Readonly<Record<string, LooseValue | undefined>>;

/**
 * For keys known only while running (a refusal's, a decline's): a value that is missing or of another type than the
 * template's kind is written as it is, never thrown over, because a customer is waiting for the rest of the sentence.
 */
export function sayLoosely(language: Language, key: MessageKey, values: LooseValues): string {
  const compiled = compiledOf(language, key);
  if (typeof compiled === 'string') return compiled;
  const written: Record<string, string | number> = {};
  for (const { name, kind, slot } of compiled.placeholders) written[slot] = write(language, kind, values[name], values);
  return String(compiled.format.format(written));
}

export function hasMessage(key: string): key is MessageKey {
  return Object.hasOwn(catalogues.en, key);
}

type Found = { readonly name: string; readonly kind: Kind; readonly slot: string };
type Compiled = { readonly format: IntlMessageFormat; readonly placeholders: readonly Found[] };

const cache = new Map<string, Compiled | string>();

function compiledOf(language: Language, key: MessageKey): Compiled | string {
  const place = `${language} ${key}`;
  const kept = cache.get(place);
  if (kept !== undefined) return kept;
  const compiled = compile(language, catalogues[language][key]);
  cache.set(place, compiled);
  return compiled;
}

const OURS = /\{\s*(\w+)\s*,\s*(money|data|minutes|speed|phone|maskedPhone|day|until|date|time|instant)\s*\}/g;
const ICU = /\{\s*(\w+)\s*(?:\}|,\s*(number|plural|selectordinal|select)\b)/g;

/** Our kinds become plain placeholders named `<name>_<kind>`, whose text we write; ICU does the rest. */
export function compile(language: Language, template: string): Compiled | string {
  if (!template.includes('{')) return template;
  const placeholders: Found[] = [];
  const icu = template.replace(OURS, (_, name: string, kind: Kind) => {
    placeholders.push({ name, kind, slot: `${name}_${kind}` });
    return `{${name}_${kind}}`;
  });
  const format = new IntlMessageFormat(icu, localeOf(language), undefined, { ignoreTag: true });
  const ours = new Set(placeholders.map((placeholder) => placeholder.slot));
  for (const [, name = '', kind] of icu.matchAll(ICU)) {
    if (!ours.has(name)) placeholders.push({ name, kind: (kind ?? 'plain') as Kind, slot: name });
  }
  return { format, placeholders };
}

type Context = { readonly zone: string; readonly now: Date | undefined };
type Writers = { [K in Kind]: (language: Language, value: KindValues[K], context: Context) => string | number };

const writers: Writers = {
  plain: (_, value) => value,
  number: (_, value) => Number(value),
  plural: (_, value) => Number(value),
  selectordinal: (_, value) => Number(value),
  select: (_, value) => value,
  money: (language, value) => formatMoney(language, value),
  data: (language, value) => formatData(language, value),
  minutes: (language, value) => formatMinutes(language, value),
  speed: (language, value) => formatSpeed(language, value),
  phone: (_, value) => formatNumber(value),
  maskedPhone: (_, value) => formatMaskedNumber(value),
  day: (language, value, { zone, now }) => formatDay(language, value, zone, now),
  until: (language, value, { zone, now }) => formatUntil(language, value, zone, now),
  date: (language, value, { zone }) => formatDate(language, value, zone),
  time: (language, value, { zone }) => formatTime(language, value, zone),
  instant: (language, value, { zone }) => formatInstant(language, value, zone),
};

function write(language: Language, kind: Kind, value: LooseValue | undefined, values: LooseValues): string | number {
  if (value === undefined) return '';
  if (!fits(kind, value)) return typeof value === 'object' && 'minor' in value ? formatMoney(language, value) : String(value);
  const zone = typeof values['zone'] === 'string' ? values['zone'] : 'UTC';
  const now = values['now'] instanceof Date ? values['now'] : undefined;
  return (writers[kind] as (language: Language, value: LooseValue, context: Context) => string | number)(language, value, { zone, now });
}

function fits(kind: Kind, value: LooseValue): boolean {
  switch (kind) {
    case 'plain':
      return typeof value === 'string' || typeof value === 'number';
    case 'number':
    case 'plural':
    case 'selectordinal':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'select':
    case 'phone':
    case 'maskedPhone':
      return typeof value === 'string';
    case 'money':
      return typeof value === 'object' && 'minor' in value;
    case 'data':
    case 'minutes':
      return typeof value === 'bigint';
    case 'speed':
      return typeof value === 'number';
    default:
      return value instanceof Date;
  }
}
