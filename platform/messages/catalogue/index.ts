/** All that is ever said, in four languages. English is the one that types are read from; the others must match it. */

import type { Language } from '../language.ts';
import en from './en/index.ts';
import es from './es/index.ts';
import zhHans from './zh-Hans/index.ts';
import zhHant from './zh-Hant/index.ts';

/** The English templates under their full keys: `refusal.orders.expired`. */
export type Catalogue = typeof en;
export type MessageKey = keyof Catalogue;

export const catalogues: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = {
  en,
  es,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
};
