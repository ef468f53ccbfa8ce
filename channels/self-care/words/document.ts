import type { Language } from '#platform/messages';

/** `{brand}`, `{seller}`, `{phone}`, `{email}` are filled in from the operator's data. */
export type DocumentText = {
  readonly title: string;
  readonly sections: readonly { readonly heading: string; readonly paragraphs: readonly string[] }[];
};
export type DocumentTexts = Readonly<Record<Language, DocumentText>>;
