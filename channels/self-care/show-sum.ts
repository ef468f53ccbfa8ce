/** Items, taxes and total as pages list them. */
import type { SumView } from '#channels/web';
import type { Names, TaxDocument } from '#domain/catalog';
import { percentText } from '#domain/money';
import type { Language } from '#platform/messages';

/** `items` are what was sold, in the order of the sum. */
export function sumView(language: Language, sum: TaxDocument, items: readonly { readonly names: Names }[]): SumView {
  return {
    items: sum.items.map(({ price }, index) => ({ name: items[index]?.names[language] ?? '', amount: price })),
    taxes: sum.taxes.map(({ names, rate, amount }) => ({
      name: names[language],
      ...(rate === null ? {} : { rate: percentText(rate) }),
      amount,
      included: sum.pricesIncludeTax,
    })),
    total: sum.total,
  };
}
