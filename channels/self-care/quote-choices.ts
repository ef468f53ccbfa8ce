/** From what was chosen on a line's page to a quote with an address of its own, and the review of it before paying (PAY-3). */
import type { Asker, Choice, QuoteView, RefusalView } from '#channels/web';
import { presentPlan, readLine } from '#domain/lines';
import { type AmountRefusal, parseAmount } from '#domain/money';
import { type ItemRequest, linkOf, openQuote, type Quote, quoteOrder, readOrder, tellRules } from '#domain/orders';
import { present } from '#platform/assert';
import { formatLink } from '#platform/ids';
import { formatMaskedNumber } from '#platform/messages';
import { secretToken } from '#platform/random';
import { isRefusal, Refusal } from '#platform/refusals';
import { type Desk, personOf } from './desk.ts';
import { knownLine } from './line/known-line.ts';
import { waysToPay } from './line/ways-to-pay.ts';
import { openLine, sealLine } from './line-ref.ts';
import { readItem } from './read-item.ts';
import { sumView } from './show-sum.ts';
import { tellRefusal } from './tell-refusal.ts';

type QuoteRequest = { readonly ref: string; readonly choices: readonly Choice[] };

export async function quote(desk: Desk, asker: Asker, { ref, choices }: QuoteRequest): Promise<{ readonly secret: string } | RefusalView> {
  const { house } = desk;
  const claim = openLine(desk, ref);
  if (isRefusal(claim)) return tellRefusal(claim, asker);
  const place = { language: asker.language, ref };
  const { line } = await readLine(house.database, claim);
  const market = present(house.catalog().market(line.market, house.clock.business()), 'a line is of a market that is in the catalogue');
  const items: ItemRequest[] = [];
  for (const choice of choices) {
    const item = itemOf(choice, market.currency);
    if (isRefusal(item)) return tellRefusal(item, place);
    items.push(item);
  }
  const quoted = await quoteOrder(house, personOf(desk, asker), { line: claim, items });
  return isRefusal(quoted) ? tellRefusal(quoted, place) : { secret: linkOfQuote(quoted) };
}

export function itemOf(choice: Choice, currency: string): ItemRequest | AmountRefusal | Refusal<'orders.not_on_sale'> {
  if ('item' in choice) return readItem(choice.item, currency) ?? new Refusal('orders.not_on_sale', { product: choice.item.slice(0, 60) });
  const amount = parseAmount(choice.typedAmount, currency);
  return isRefusal(amount) ? amount : { kind: 'top_up', amount };
}

export function linkOfQuote({ quoteId, accountId, token }: Quote): string {
  return formatLink({ id: quoteId, accountId, token });
}

export async function readQuote(desk: Desk, asker: Asker, { secret }: { readonly secret: string }): Promise<QuoteView | RefusalView> {
  const { house } = desk;
  const { language } = asker;
  const opened = await openQuote(house.database, secret);
  if (isRefusal(opened)) return tellRefusal(opened, asker);
  const { content, slot, accountId, quoteId: orderId, expiresAt } = opened;
  const [order, { line }] = await Promise.all([
    readOrder(house.database, { slot, accountId, orderId }),
    readLine(house.database, content.line),
  ]);
  const ref = sealLine(desk, { ...content.line, claimCount: content.claimCount });
  if (order === undefined && expiresAt <= house.clock.transport())
    return tellRefusal(new Refusal('orders.quote_expired'), { language, ref });
  const market = present(house.catalog().marketVersion(content.market, content.marketVersion), 'a market version is kept for ever');
  const now = house.clock.business();
  const plan = presentPlan(house.catalog(), { line });
  return {
    ...sumView(language, content.sums.provider, content.items),
    secret,
    key: secretToken(),
    maskedNumber: formatMaskedNumber(content.number),
    zone: market.zone,
    now,
    validUntil: expiresAt,
    ref,
    ...(await waysToPay(desk, asker, opened, market)),
    ...tellRules(house, content, { language, now, lastPaidAt: line.lastPaidAt, plan, known: await knownLine(desk, asker, content.line) }),
    termsVersion: content.termsVersion,
    ...(order === undefined ? {} : { orderSecret: linkOf(order) }),
  };
}
