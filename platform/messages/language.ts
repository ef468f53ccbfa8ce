/**
 * The four languages people read here, and how one is chosen. Chinese is two written languages: Traditional for
 * Taiwan, Hong Kong and Macau, Simplified elsewhere (CLDR likely subtags).
 */
export const LANGUAGES = ['en', 'es', 'zh-Hans', 'zh-Hant'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each language calls itself: for the switch that stands on every page. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  es: 'Español',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
};

/** The CLDR locale numbers and dates are written in: Spanish as in the US, where a point divides cents. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US', 'zh-Hans': 'zh-Hans-CN', 'zh-Hant': 'zh-Hant-TW' };

export function localeOf(language: Language): string {
  return LOCALES[language];
}

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

const TRADITIONAL = /^zh-(hant|tw|hk|mo)\b|^zh-yue\b|^yue\b/;

/** The language a BCP 47 tag asks for, or undefined when we speak none of its family. */
export function languageOfTag(tag: string): Language | undefined {
  const lower = tag.trim().toLowerCase().replaceAll('_', '-');
  if (/^zh-hans\b/.test(lower)) return 'zh-Hans';
  if (TRADITIONAL.test(lower)) return 'zh-Hant';
  const family = lower.split('-')[0];
  if (family === 'zh') return 'zh-Hans';
  return family === 'en' || family === 'es' ? family : undefined;
}

/** A header longer than this is nobody's wish list; the rest is not read. */
const HEADER_LENGTH_MAX = 1_000;

/**
 * The best of `allowed` (the market's languages, its own first) for an Accept-Language header (RFC 9110 §12.5.4).
 * A reader of one Chinese is given the other before a foreign language. Nothing fits: the first of `allowed`.
 */
export function negotiateLanguage(acceptLanguageHeader: string | null | undefined, allowed: readonly Language[] = LANGUAGES): Language {
  for (const wanted of wishes(acceptLanguageHeader ?? '')) {
    if (wanted === '*') break;
    const language = languageOfTag(wanted);
    if (language === undefined) continue;
    if (allowed.includes(language)) return language;
    const sibling = language === 'zh-Hans' ? 'zh-Hant' : language === 'zh-Hant' ? 'zh-Hans' : undefined;
    if (sibling !== undefined && allowed.includes(sibling)) return sibling;
  }
  return allowed[0] ?? 'en';
}

function wishes(header: string): string[] {
  return header
    .slice(0, HEADER_LENGTH_MAX)
    .split(',')
    .map((item, place) => {
      const [tag = '', ...parameters] = item.split(';').map((part) => part.trim());
      const quality = parameters.find((parameter) => /^q=/i.test(parameter));
      return { tag, place, weight: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter((wish) => wish.tag !== '' && wish.weight > 0)
    .sort((one, other) => other.weight - one.weight || one.place - other.place)
    .map((wish) => wish.tag);
}
