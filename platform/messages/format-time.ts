/**
 * Days and hours in the market's zone. Day before month and a 24-hour clock in every language: one way to read them, and
 * no "11/12" that means two days. A day more than nine months from `now` says its year.
 */
import { type Language, localeOf } from './language.ts';

type Parts = { weekday: string; day: string; month: string; year: string; hour: string; minute: string };

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(language: Language, instant: Date, zone: string): Parts {
  const place = `${language} ${zone}`;
  let format = formats.get(place);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(localeOf(language), {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      weekday: 'short',
      day: 'numeric',
      month: language === 'zh-Hans' || language === 'zh-Hant' ? 'numeric' : 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    formats.set(place, format);
  }
  const parts: Parts = { weekday: '', day: '', month: '', year: '', hour: '', minute: '' };
  for (const part of format.formatToParts(instant)) if (part.type in parts) parts[part.type as keyof Parts] = part.value;
  return parts;
}

function isChinese(language: Language): boolean {
  return language === 'zh-Hans' || language === 'zh-Hant';
}

const WITHOUT_YEAR_MS_MAX = 270 * 24 * 60 * 60 * 1000;

/** "Fri 28 Nov", "vie 28 nov", "11月28日 周五"; with its year when that is more than nine months from `now`. */
export function formatDay(language: Language, instant: Date, zone: string, now?: Date): string {
  return dayText(language, partsOf(language, instant, zone), isFar(instant, now));
}

function isFar(instant: Date, now: Date | undefined): boolean {
  return now !== undefined && Math.abs(instant.getTime() - now.getTime()) > WITHOUT_YEAR_MS_MAX;
}

/**
 * An exclusive end as people say it: a period that ends as Sat 29 Nov begins (in a few zones, some years, at 01:00) lasts
 * "until Fri 28 Nov"; one that ends within a day says the hour, "Fri 28 Nov, 14:05".
 */
export function formatUntil(language: Language, end: Date, zone: string, now?: Date): string {
  const last = partsOf(language, new Date(end.getTime() - 1), zone);
  const parts = partsOf(language, end, zone);
  const day = dayText(language, last.day === parts.day ? parts : last, isFar(end, now));
  return last.day === parts.day ? withHour(language, day, parts) : day;
}

function withHour(language: Language, day: string, { hour, minute }: Parts): string {
  return `${day}${isChinese(language) ? ' ' : ', '}${hour}:${minute}`;
}

function dayText(language: Language, { weekday, day, month, year }: Parts, withYear: boolean): string {
  if (isChinese(language)) return `${withYear ? `${year}年` : ''}${month}月${day}日 ${weekday}`;
  return `${weekday} ${day} ${month}${withYear ? ` ${year}` : ''}`;
}

/** "28 Nov 2026", "2026年11月28日": for documents. */
export function formatDate(language: Language, instant: Date, zone: string): string {
  const { day, month, year } = partsOf(language, instant, zone);
  return isChinese(language) ? `${year}年${month}月${day}日` : `${day} ${month} ${year}`;
}

const months = new Map<Language, Intl.DateTimeFormat>();

/** "November 2026", "noviembre de 2026", "2026年11月" of a calendar month, "2026-11". */
export function formatMonth(language: Language, month: string): string {
  let format = months.get(language);
  if (format === undefined) {
    const written = { timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn', month: 'long', year: 'numeric' } as const;
    format = new Intl.DateTimeFormat(localeOf(language), written);
    months.set(language, format);
  }
  return format.format(new Date(`${month}-15T12:00:00Z`));
}

/** "14:05" */
export function formatTime(language: Language, instant: Date, zone: string): string {
  const { hour, minute } = partsOf(language, instant, zone);
  return `${hour}:${minute}`;
}

/** "Fri 28 Nov 2026, 14:05", "2026年11月28日 周五 14:05" */
export function formatInstant(language: Language, instant: Date, zone: string): string {
  const parts = partsOf(language, instant, zone);
  return withHour(language, dayText(language, parts, true), parts);
}
