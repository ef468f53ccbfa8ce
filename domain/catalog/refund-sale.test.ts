import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalText, type Money, money, sum } from '#domain/money';
import { isRefusal } from '#platform/refusals';
import { type RefundAsked, refundOf } from './refund-sale.ts';
import { sampleFee, sampleMarket, samplePercentage } from './sample-market.ts';
import type { TaxDocument, TaxRefund } from './tax-document.ts';
import { taxDocument } from './tax-sale.ts';

const usd = (minor: bigint) => money('USD', minor);

function sale(prices: readonly bigint[], rates: readonly number[], fee = 0n): TaxDocument {
  const components = [...rates.map((rate, index) => samplePercentage(`rate-${index}`, rate)), ...(fee > 0n ? [sampleFee('fee', fee)] : [])];
  const items = prices.map((price) => ({ kind: 'pack' as const, price: usd(price) }));
  return taxDocument({ market: sampleMarket({}, components), postcode: null, paidFrom: 'outside', items });
}

function refunded(document: TaxDocument, asked: RefundAsked, already: readonly TaxRefund[] = []): TaxRefund {
  const refund = refundOf(document, asked, already);
  assert.ok(!isRefusal(refund), isRefusal(refund) ? refund.code : '');
  return refund;
}

const amount = (minor: bigint): RefundAsked => ({ kind: 'amount', amount: usd(minor) });
const told = ({ net, taxes, total }: TaxRefund) => [net, ...taxes.map((tax) => tax.amount), total].map(decimalText).join(' ');

test('a partial refund is pro rata over net and each tax, and the last takes the remainder', () => {
  const document = sale([1500n], [650, 385], 95n);
  assert.equal(decimalText(document.total), '17.51');
  const first = refunded(document, amount(584n));
  const second = refunded(document, amount(584n), [first]);
  const last = refunded(document, { kind: 'rest' }, [first, second]);
  assert.deepEqual([first, second, last].map(told), ['5.00 0.33 0.19 0.32 5.84', '5.00 0.33 0.19 0.32 5.84', '5.00 0.32 0.20 0.31 5.83']);
});

test('one item can be given back whole, and then nothing more of it', () => {
  const document = sale([1500n, 500n], [1000]);
  const first = refunded(document, { kind: 'items', items: [{ itemNo: 1, amount: null }] });
  assert.equal(told(first), '5.00 0.50 5.50');
  assert.deepEqual(
    first.items.map(({ itemNo }) => itemNo),
    [1],
  );
  const again = refundOf(document, { kind: 'items', items: [{ itemNo: 1, amount: usd(1n) }] }, [first]);
  assert.ok(isRefusal(again));
  assert.deepEqual([again.code, again.values], ['catalog.refund_too_large', { currency: 'USD', leftMinor: 0n }]);
  assert.equal(told(refunded(document, { kind: 'rest' }, [first])), '15.00 1.50 16.50');
});

test('more than is left is refused, and it says what is left', () => {
  const document = sale([1500n], [1000]);
  const first = refunded(document, amount(1000n));
  const refused = refundOf(document, amount(651n), [first]);
  assert.ok(isRefusal(refused));
  assert.deepEqual([refused.code, refused.values], ['catalog.refund_too_large', { currency: 'USD', leftMinor: 650n }]);
});

test('a refund of nothing is refused: of zero, of less, of what was all given back', () => {
  const document = sale([1500n], [1000]);
  const all = refunded(document, { kind: 'rest' });
  const nothing: [RefundAsked, TaxRefund[]][] = [
    [amount(0n), []],
    [amount(-1n), []],
    [{ kind: 'rest' }, [all]],
    [{ kind: 'items', items: [] }, []],
    [{ kind: 'items', items: [{ itemNo: 0, amount: usd(0n) }] }, []],
  ];
  for (const [asked, already] of nothing) {
    const refused = refundOf(document, asked, already);
    assert.equal(isRefusal(refused) && refused.code, 'catalog.refund_not_positive');
  }
});

test('an item that is not in the document, or is named twice, is a fault', () => {
  const document = sale([1500n], [1000]);
  assert.throws(() => refundOf(document, { kind: 'items', items: [{ itemNo: 1, amount: null }] }, []), /has an item 1/);
  const twice = [1n, 2n].map((minor) => ({ itemNo: 0, amount: usd(minor) }));
  assert.throws(() => refundOf(document, { kind: 'items', items: twice }, []), /an item once/);
});

test('however a document is given back, no part is exceeded, each refund adds up, and together they are the document', () => {
  const documents = fc
    .record({
      prices: fc.array(fc.bigInt(1n, 5_000n), { minLength: 1, maxLength: 4 }),
      rates: fc.array(fc.integer({ min: 0, max: 2500 }), { maxLength: 3 }),
      fee: fc.bigInt(0n, 200n),
    })
    .map(({ prices, rates, fee }) => sale(prices, rates, fee));
  fc.assert(
    fc.property(documents, fc.array(fc.bigInt(1n, 3_000n), { maxLength: 6 }), (document, wanted) => {
      const refunds: TaxRefund[] = [];
      for (const minor of wanted) {
        const refund = refundOf(document, amount(minor), refunds);
        if (!isRefusal(refund)) {
          assert.equal(refund.total.minor, minor);
          refunds.push(refund);
        }
      }
      const rest = refundOf(document, { kind: 'rest' }, refunds);
      if (!isRefusal(rest)) refunds.push(rest);
      for (const { net, tax, total, items } of refunds) {
        assert.equal(net.minor + tax.minor, total.minor);
        for (const item of items)
          assert.ok([item.net, item.tax, ...item.taxes.map((part) => part.amount)].every((part) => part.minor >= 0n));
      }
      const over = (of: (refund: TaxRefund) => Money) => sum('USD', refunds.map(of));
      assert.deepEqual(
        over(({ total }) => total),
        document.total,
      );
      assert.deepEqual(
        over(({ net }) => net),
        document.net,
      );
      for (const { code, amount: all } of document.taxes) {
        assert.deepEqual(
          over(({ taxes }) => taxes.find((part) => part.code === code)?.amount ?? usd(0n)),
          all,
        );
      }
    }),
  );
});
