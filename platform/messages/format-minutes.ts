import { formatCount } from './format-data.ts';
import type { Language } from './language.ts';

const WORDS: Readonly<Record<Language, string>> = { en: '\u00a0min', es: '\u00a0min', 'zh-Hans': '\u00a0分钟', 'zh-Hant': '\u00a0分鐘' };

/** Seconds of talk as whole minutes that are left, rounded down: 10_930n → "182 min". */
export function formatMinutes(language: Language, seconds: bigint): string {
  return formatCount(language, seconds / 60n) + WORDS[language];
}
