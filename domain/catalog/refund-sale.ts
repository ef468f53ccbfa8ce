/**
 * Divides what is given back over net and taxes. Each refund is shared over what earlier ones left, so that no part is ever
 * exceeded and the refund that takes the last cent takes exactly what remains of each.
 */
import { compare, equal, isPositive, type Money, share, subtract, sum, zero } from '#domain/money';
import { assert, present } from '#platform/assert';
import { isRefusal, type Refusal } from '#platform/refusals';
import { refuse } from './refusals.ts';
import type { RefundedItem, TaxAmount, TaxDocument, TaxRefund } from './tax-document.ts';
import { totalsOf } from './tax-sale.ts';

/** All that is left; so much of the whole; or so much of some items (`amount` null: what is left of that item). */
export type RefundAsked =
  | { readonly kind: 'rest' }
  | { readonly kind: 'amount'; readonly amount: Money }
  | { readonly kind: 'items'; readonly items: readonly { readonly itemNo: number; readonly amount: Money | null }[] };

export type RefundRefusal = Refusal<'catalog.refund_too_large' | 'catalog.refund_not_positive'>;

/**
 * The next refund of `document`, after `already`. Refuses `catalog.refund_too_large` {currency, leftMinor} beyond what is
 * left, and `catalog.refund_not_positive` for nothing.
 */
export function refundOf(document: TaxDocument, asked: RefundAsked, already: readonly TaxRefund[]): TaxRefund | RefundRefusal {
  const left = document.items.map((_, itemNo) => itemLeft(document, itemNo, already));
  const wanted = wantedOf(asked, left);
  if (isRefusal(wanted)) return wanted;
  const items = left.map((item, itemNo) => part(item, present(wanted[itemNo], 'each item has its part of the refund')));
  const { currency } = document.total;
  const some = items.filter(({ gross }) => isPositive(gross));
  if (some.length === 0) return refuse('catalog.refund_not_positive');
  return {
    items: some,
    taxes: totalsOf(document.taxes, some),
    net: sum(
      currency,
      some.map(({ net }) => net),
    ),
    tax: sum(
      currency,
      some.map(({ tax }) => tax),
    ),
    total: sum(
      currency,
      some.map(({ gross }) => gross),
    ),
  };
}

/** What refunds have left of one item. */
function itemLeft(document: TaxDocument, itemNo: number, already: readonly TaxRefund[]): RefundedItem {
  const sold = present(document.items[itemNo], `the document has an item ${itemNo}`);
  const given = already.flatMap(({ items }) => items.filter((item) => item.itemNo === itemNo));
  const net = given.reduce((rest, item) => subtract(rest, item.net), sold.net);
  const taxes = sold.taxes.map(({ code, amount }) => ({
    code,
    amount: given.reduce((rest, item) => subtract(rest, amountOf(item.taxes, code)), amount),
  }));
  return addedUp(itemNo, net, taxes);
}

function amountOf(taxes: readonly TaxAmount[], code: string): Money {
  return present(
    taxes.find((tax) => tax.code === code),
    `a refund names the tax ${code} of its item`,
  ).amount;
}

/** How much each item gives back. */
function wantedOf(asked: RefundAsked, left: readonly RefundedItem[]): Money[] | RefundRefusal {
  const gross = left.map((item) => item.gross);
  const first = present(gross[0], 'a document has items');
  const all = sum(first.currency, gross);
  switch (asked.kind) {
    case 'rest':
      return gross;
    case 'amount':
      if (!isPositive(asked.amount)) return refuse('catalog.refund_not_positive');
      if (compare(asked.amount, all) > 0) return tooLarge(all);
      return share(
        asked.amount,
        gross.map(({ minor }) => minor),
      );
    case 'items':
      return wantedOfItems(asked.items, gross);
  }
}

function wantedOfItems(items: readonly { itemNo: number; amount: Money | null }[], gross: readonly Money[]): Money[] | RefundRefusal {
  assert(new Set(items.map(({ itemNo }) => itemNo)).size === items.length, 'a refund names an item once');
  const wanted = gross.map(({ currency }) => zero(currency));
  for (const { itemNo, amount } of items) {
    const rest = present(gross[itemNo], `the document has an item ${itemNo}`);
    if (amount !== null && !isPositive(amount)) return refuse('catalog.refund_not_positive');
    if (amount !== null && compare(amount, rest) > 0) return tooLarge(rest);
    wanted[itemNo] = amount ?? rest;
  }
  return wanted;
}

function tooLarge(left: Money): RefundRefusal {
  return refuse('catalog.refund_too_large', { currency: left.currency, leftMinor: left.minor });
}

function part(left: RefundedItem, wanted: Money): RefundedItem {
  const weights = [left.net, ...left.taxes.map(({ amount }) => amount)];
  const [net, ...amounts] = share(
    wanted,
    weights.map(({ minor }) => minor),
  );
  const taxes = left.taxes.map(({ code }, index) => ({ code, amount: present(amounts[index], 'each tax has its part') }));
  const item = addedUp(left.itemNo, present(net, 'the net amount has its part'), taxes);
  assert(equal(item.gross, wanted), 'the parts of a refund are the refund');
  return item;
}

function addedUp(itemNo: number, net: Money, taxes: readonly TaxAmount[]): RefundedItem {
  const tax = sum(
    net.currency,
    taxes.map(({ amount }) => amount),
  );
  return { itemNo, net, taxes, tax, gross: sum(net.currency, [net, tax]) };
}
