/** From what was chosen on the line's own page to a quote: as the pages of guests do, for who may more. */
import type { Asker, Choice, RefusalView } from '#channels/web';
import { findNumber } from '#domain/lines';
import { type ItemRequest, quoteOrder } from '#domain/orders';
import { isRefusal, Refusal } from '#platform/refusals';
import { type Desk, personOf } from '../desk.ts';
import { itemOf, linkOfQuote } from '../quote-choices.ts';
import { tellRefusal } from '../tell-refusal.ts';
import { isNone, openOwnLine } from './own-line.ts';

type QuoteRequest = { readonly id: string; readonly choices: readonly Choice[] };

export async function quoteLine(
  desk: Desk,
  asker: Asker,
  { id, choices }: QuoteRequest,
): Promise<{ readonly secret: string } | RefusalView> {
  const line = await openOwnLine(desk, asker, id, 'see_line');
  if (isNone(line)) return line;
  const { house } = desk;
  const claim = await findNumber(house.database, line.state.line.number);
  if (isRefusal(claim) || claim.lineId !== line.key.lineId) return tellRefusal(new Refusal('orders.number_moved'), asker);
  const items: ItemRequest[] = [];
  for (const choice of choices) {
    const item = itemOf(choice, line.market.currency);
    if (isRefusal(item)) return tellRefusal(item, asker);
    items.push(item);
  }
  const quoted = await quoteOrder(house, personOf(desk, asker), { line: claim, items });
  return isRefusal(quoted) ? tellRefusal(quoted, asker) : { secret: linkOfQuote(quoted) };
}
