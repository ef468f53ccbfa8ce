/**
 * The pages' use cases on the house: the one implementation of the seam (channels/web, use-cases.ts). Each begins with the
 * catalogue as it is now; none decides anything that the domain does not.
 */
import type { Asker, SelfCareUseCases } from '#channels/web';
import type { CatalogCache } from '#domain/catalog';
import { type Demonstration, demonstrate } from './demonstrate.ts';
import type { Desk } from './desk.ts';
import { lineUseCases } from './line/line-use-cases.ts';
import { createPerson } from './person/create-person.ts';
import { cancelOrder, payAgain, place } from './place-order.ts';
import { quote, readQuote } from './quote-choices.ts';
import { readDocument } from './read-document.ts';
import { findLine, readLine } from './read-line.ts';
import { readOrder } from './read-order.ts';
import { readReceipt, receiptPdf } from './read-receipt.ts';
import { showBrand } from './show-brand.ts';
import { PRIVACY } from './words/privacy.ts';
import { TERMS } from './words/terms.ts';

export type SelfCareOptions = Desk & {
  readonly catalog: Pick<CatalogCache, 'current'>;
  /** Only in a demonstration: whose business clock may be moved, through what falls due. */
  readonly demonstration?: Demonstration | undefined;
};

export function createSelfCare({ catalog, demonstration, ...desk }: SelfCareOptions): SelfCareUseCases {
  /** A use case over the catalogue of now. */
  function open<Who extends Asker, Request, Answer>(useCase: (desk: Desk, asker: Who, request: Request) => Promise<Answer>) {
    return async (asker: Who, request: Request): Promise<Answer> => {
      await catalog.current();
      return useCase(desk, asker, request);
    };
  }
  return {
    isSetUp: async () => (desk.house.catalog().brand ?? (await catalog.current()).brand) !== null,
    brand: async (language) => showBrand(desk, language),
    findLine: open(findLine),
    readLine: open(readLine),
    quote: open(quote),
    readQuote: open(readQuote),
    place: open(place),
    readOrder: open(readOrder),
    payAgain: open(payAgain),
    cancelOrder: open(cancelOrder),
    readReceipt: open(readReceipt),
    receiptPdf: open(receiptPdf),
    person: createPerson(desk, open),
    lines: lineUseCases(open),
    terms: async (language) => readDocument(desk, TERMS, language),
    privacy: async (language) => readDocument(desk, PRIVACY, language),
    ...(demonstration === undefined ? {} : { demonstration: demonstrate(desk, demonstration) }),
  };
}
