/**
 * Terms of sale and privacy notice. An operator file names which version of the terms holds but brings no text yet, so these
 * say what the program does, filled in with the operator's own names.
 */
import type { DocumentView } from '#channels/web';
import { present } from '#platform/assert';
import { formatNumber, type Language } from '#platform/messages';
import type { Desk } from './desk.ts';
import type { DocumentTexts } from './words/document.ts';

export function readDocument({ house }: Pick<Desk, 'house'>, texts: DocumentTexts, language: Language): DocumentView {
  const catalog = house.catalog();
  const brand = present(catalog.brand, 'documents are of a brand');
  const market = present(catalog.market(brand.defaultMarket, house.clock.business()), 'the default market is open');
  const { seller, termsVersion } = market;
  const values: Readonly<Record<string, string>> = {
    brand: brand.name,
    seller: [seller.name, ...seller.address].join(', '),
    // Unbroken at the end of a line.
    phone: formatNumber(brand.support.phone).replaceAll(' ', '\u00a0'),
    email: brand.support.email,
  };
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  const { title, sections } = texts[language];
  return {
    title,
    version: termsVersion,
    sections: sections.map(({ heading, paragraphs }) => ({ heading, paragraphs: paragraphs.map(fill) })),
  };
}
