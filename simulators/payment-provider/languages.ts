/** The page's four languages, and Stripe's names for them (`locale` of a checkout session). */
export const LANGUAGES = ['en', 'es', 'zh-Hans', 'zh-Hant'] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  es: 'Español',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
};

const BY_LOCALE: Readonly<Record<string, Language>> = { es: 'es', 'es-419': 'es', zh: 'zh-Hans', 'zh-TW': 'zh-Hant', 'zh-HK': 'zh-Hant' };

/** `asked`: what the visitor chose on the page, if anything. */
export function languageOf(locale: string, asked: string | null): Language {
  const chosen = LANGUAGES.find((language) => language === asked);
  return chosen ?? BY_LOCALE[locale] ?? 'en';
}
