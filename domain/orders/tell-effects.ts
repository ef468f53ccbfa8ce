/** What a paid order has done, in the past tense and no more than whoever holds its link may know (ID-6). */
import type { Plan } from '#domain/catalog';
import { present } from '#platform/assert';
import type { Language } from '#platform/messages';
import type { OrdersHouse } from './house.ts';
import type { Order, QuoteContent, QuotedItem } from './order.ts';
import { type Sentence, tellItems } from './tell-rules.ts';

/** `plan` is the line's present one: where money also buys time, the rule says how much. */
export function tellEffects(house: OrdersHouse, { content }: Order, language: Language, plan: Plan | undefined): readonly Sentence[] {
  const buysTime = plan?.period === null && content.items.some(({ kind }) => kind === 'top_up');
  if (buysTime) return tellItems(house, content, { language, now: house.clock.business(), lastPaidAt: null, plan });
  return content.items.map((item) => tellEffect(content, item, item.names[language]));
}

function tellEffect({ sums }: QuoteContent, { kind, itemNo }: QuotedItem, name: string): Sentence {
  switch (kind) {
    case 'renew':
      return { key: 'web.happened.renewed', values: { plan: name } };
    case 'queue':
      return { key: 'web.happened.queued', values: { plan: name } };
    case 'change':
    case 'pack':
      return { key: 'web.happened.added', values: { pack: name } };
    case 'top_up':
      return { key: 'web.happened.topped_up', values: { amount: present(sums.provider.items[itemNo], 'every item is taxed').net } };
  }
}
