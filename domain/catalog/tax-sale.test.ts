import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decimalText, money, sum } from '#domain/money';
import type { Market, TaxComponent } from './market.ts';
import type { ProductKind } from './product.ts';
import { sampleFee, sampleMarket, samplePercentage } from './sample-market.ts';
import type { TaxDocument } from './tax-document.ts';
import { type Sale, taxDocument, taxOfUse } from './tax-sale.ts';

const usd = (minor: bigint) => money('USD', minor);
const plan = { kind: 'plan', price: usd(1500n) } as const;
const pack = { kind: 'pack', price: usd(500n) } as const;
const topUp = { kind: 'top_up', price: usd(1000n) } as const;
const washington = [samplePercentage('state', 650), samplePercentage('local', 385), sampleFee('e911', 95n)];

function tax(market: Market, items: Sale['items'], paidFrom: Sale['paidFrom'] = 'outside'): TaxDocument {
  return taxDocument({ market, postcode: null, paidFrom, items });
}

/** "net + tax = total" and the taxes by code. */
function told({ net, tax: all, total, taxes }: TaxDocument): string {
  const parts = taxes.map(({ code, amount }) => `${code} ${decimalText(amount)}`).join(', ');
  return `${decimalText(net)} + ${decimalText(all)} = ${decimalText(total)} (${parts})`;
}

test('at load, a plan bought by card is taxed at the sale, each component on its own, the fee once', () => {
  const market = sampleMarket({ taxPoint: 'load' }, washington);
  // 15.00 × 6.5% = 0.975 → 0.98; 15.00 × 3.85% = 0.5775 → 0.58.
  assert.equal(told(tax(market, [plan])), '15.00 + 2.51 = 17.51 (state 0.98, local 0.58, e911 0.95)');
});

test('at load, a plan paid from the balance is not taxed again: its money was taxed when it came in', () => {
  const market = sampleMarket({ taxPoint: 'load' }, washington);
  assert.equal(told(tax(market, [topUp])), '10.00 + 1.99 = 11.99 (state 0.65, local 0.39, e911 0.95)');
  assert.equal(told(tax(market, [plan, pack], 'balance')), '20.00 + 0.00 = 20.00 ()');
});

test('at load, a sale paid in part from the balance is taxed as the top-up that was missing would have been', () => {
  const market = sampleMarket({ taxPoint: 'load' }, washington);
  const split = tax(market, [plan], { balance: usd(500n) });
  const missing = tax(market, [topUp]);
  assert.equal(told(split), '15.00 + 1.99 = 16.99 (state 0.65, local 0.39, e911 0.95)');
  assert.deepEqual(split.tax, missing.tax);
  assert.deepEqual(split.taxable, usd(1000n));
});

test('at load, the balance pays towards the items in proportion, and never for a top-up', () => {
  const market = sampleMarket({ taxPoint: 'load' }, [samplePercentage('state', 1000)]);
  const document = tax(market, [plan, topUp, pack], { balance: usd(1000n) });
  assert.deepEqual(
    document.items.map(({ fromBalance, tax: itemTax }) => [fromBalance.minor, itemTax.minor]),
    [
      [750n, 75n],
      [0n, 100n],
      [250n, 25n],
    ],
  );
});

test('at use, plans and packs are taxed whatever pays for them, and a top-up is untaxed stored value', () => {
  const market = sampleMarket({ taxPoint: 'use' }, washington);
  assert.equal(told(tax(market, [plan])), '15.00 + 2.51 = 17.51 (state 0.98, local 0.58, e911 0.95)');
  assert.deepEqual(tax(market, [plan], 'balance').total, tax(market, [plan]).total);
  assert.deepEqual(tax(market, [plan], { balance: usd(700n) }).total, tax(market, [plan]).total);
  assert.equal(told(tax(market, [topUp])), '10.00 + 0.00 = 10.00 ()');
});

test('money is taxed once on its way in and out, at load or at use, never both', () => {
  for (const taxPoint of ['load', 'use'] as const) {
    const market = sampleMarket({ taxPoint }, [samplePercentage('state', 1000)]);
    const loaded = tax(market, [{ kind: 'top_up', price: usd(1500n) }]);
    const spent = tax(market, [plan], 'balance');
    assert.deepEqual(sum('USD', [loaded.tax, spent.tax]), usd(150n));
  }
});

test('pay as you go contains its tax where the tax point is use, and none where it was taxed at load', () => {
  const components = [samplePercentage('state', 1000), sampleFee('e911', 95n)];
  const used = taxOfUse(sampleMarket({ taxPoint: 'use' }, components), null, usd(110n));
  assert.deepEqual([used.net, used.tax, used.gross], [usd(100n), usd(10n), usd(110n)]);
  const loaded = taxOfUse(sampleMarket({ taxPoint: 'load' }, components), null, usd(110n));
  assert.deepEqual([loaded.net, loaded.tax, loaded.taxes], [usd(110n), usd(0n), []]);
});

test('where prices include tax, the customer pays the price and the tax is inside it', () => {
  const market = sampleMarket({ pricesIncludeTax: true }, [samplePercentage('vat', 2000)]);
  assert.equal(told(tax(market, [plan])), '12.50 + 2.50 = 15.00 (vat 2.50)');
  const withFee = sampleMarket({ pricesIncludeTax: true }, [samplePercentage('vat', 2000), sampleFee('fee', 300n)]);
  assert.equal(told(tax(withFee, [plan])), '10.00 + 5.00 = 15.00 (vat 2.00, fee 3.00)');
  const bigFee = sampleMarket({ pricesIncludeTax: true }, [sampleFee('fee', 3000n)]);
  assert.equal(told(tax(bigFee, [plan])), '0.00 + 15.00 = 15.00 (fee 15.00)');
});

const yen = (minor: bigint) => money('JPY', minor);
const japan = (taxRounding: 'line' | 'document') =>
  sampleMarket({ currency: 'JPY', pricesIncludeTax: true, taxRounding }, [samplePercentage('consumption', 1000)]);
const threePacks = [104n, 104n, 104n].map((minor) => ({ kind: 'pack' as const, price: yen(minor) }));

test('rounding per line rounds each item, per document once a rate, and the lines still sum to it', () => {
  // 104 × 10/110 = 9.4545…, three times 28.36.
  assert.equal(tax(japan('line'), threePacks).tax.minor, 27n);
  const document = tax(japan('document'), threePacks);
  assert.equal(document.tax.minor, 28n);
  assert.deepEqual(
    document.items.map((item) => item.tax.minor),
    [9n, 10n, 9n],
  );
});

test('a document with two rates rounds each of them once', () => {
  const market = sampleMarket({ taxRounding: 'document' }, [samplePercentage('state', 333), samplePercentage('local', 111)]);
  const items = [101n, 101n, 101n].map((minor) => ({ kind: 'pack' as const, price: usd(minor) }));
  // 303 × 3.33% = 10.0899; 303 × 1.11% = 3.3633.
  assert.equal(told(tax(market, items)), '3.03 + 0.13 = 3.16 (state 0.10, local 0.03)');
});

test('half a cent goes up', () => {
  const market = sampleMarket({}, [samplePercentage('state', 1000)]);
  assert.equal(tax(market, [{ kind: 'pack', price: usd(105n) }]).tax.minor, 11n);
  assert.equal(tax(market, [{ kind: 'pack', price: usd(104n) }]).tax.minor, 10n);
});

test('a fee falls once a sale, shared over its taxed items, and not on a sale with nothing to tax', () => {
  const market = sampleMarket({}, [sampleFee('e911', 100n)]);
  const document = tax(market, [plan, topUp, pack]);
  assert.deepEqual(
    document.items.map((item) => item.tax.minor),
    [75n, 0n, 25n],
  );
  assert.equal(tax(market, [topUp]).tax.minor, 0n);
  assert.equal(tax(market, [{ kind: 'plan', price: usd(0n) }]).tax.minor, 0n);
});

test('a dinar is rounded to the fils', () => {
  const market = sampleMarket({ currency: 'KWD' }, [samplePercentage('vat', 500)]);
  assert.deepEqual(tax(market, [{ kind: 'plan', price: money('KWD', 4510n) }]).tax, money('KWD', 226n));
});

test('the balance paying for a top-up, or more than the prices, is a fault', () => {
  const market = sampleMarket({ taxPoint: 'load' });
  assert.throws(() => tax(market, [topUp], 'balance'), /top-up of itself/);
  assert.throws(() => tax(market, [plan], { balance: usd(1501n) }), /no more than they are/);
  assert.throws(() => tax(market, [{ kind: 'plan', price: yen(1n) }]), /do not mix/);
});

const components: fc.Arbitrary<TaxComponent[]> = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 3 }), fc.option(fc.bigInt(1n, 500n), { nil: undefined }))
  .map(([rates, fee]) => [
    ...rates.map((rate, index) => samplePercentage(`rate-${index}`, rate)),
    ...(fee === undefined ? [] : [sampleFee('fee', fee)]),
  ]);
const market: fc.Arbitrary<Market> = fc
  .record({
    taxPoint: fc.constantFrom('use' as const, 'load' as const),
    pricesIncludeTax: fc.boolean(),
    taxRounding: fc.constantFrom('line' as const, 'document' as const),
    components,
  })
  .map(({ components: list, ...rules }) => sampleMarket(rules, list));
const items = fc.array(
  fc.record({ kind: fc.constantFrom<ProductKind>('plan', 'pack', 'top_up'), price: fc.bigInt(10n, 1_000_000n).map(usd) }),
  { minLength: 1, maxLength: 6 },
);
const anySale: fc.Arbitrary<Sale> = fc.record({ market, items, tenths: fc.bigInt(0n, 10n) }).map(({ tenths, ...sale }) => {
  const payable = sale.items.reduce((all, { kind, price }) => (kind === 'top_up' ? all : all + price.minor), 0n);
  return { ...sale, postcode: null, paidFrom: { balance: usd((payable * tenths) / 10n) } };
});

test('every item adds up, every total is the sum of its items, and what includes tax costs its price', () => {
  fc.assert(
    fc.property(anySale, (sale) => {
      const document = taxDocument(sale);
      const { items: taxed, net, tax: all, total, taxes } = document;
      for (const item of taxed) {
        assert.equal(item.net.minor + item.tax.minor, item.gross.minor);
        assert.deepEqual(
          sum(
            'USD',
            item.taxes.map(({ amount }) => amount),
          ),
          item.tax,
        );
        assert.ok(item.net.minor >= 0n && item.taxes.every(({ amount }) => amount.minor >= 0n));
        assert.deepEqual(sale.market.pricesIncludeTax ? item.gross : item.net, item.price);
      }
      assert.deepEqual(
        sum(
          'USD',
          taxed.map((item) => item.net),
        ),
        net,
      );
      assert.deepEqual(
        sum(
          'USD',
          taxed.map((item) => item.tax),
        ),
        all,
      );
      assert.deepEqual(
        sum(
          'USD',
          taxed.map((item) => item.gross),
        ),
        total,
      );
      assert.deepEqual(
        sum(
          'USD',
          taxes.map(({ amount }) => amount),
        ),
        all,
      );
      assert.equal(net.minor + all.minor, total.minor);
    }),
  );
});

test('rounding once a document is within half a cent of exact for each rate, and per line within half a cent a line', () => {
  fc.assert(
    fc.property(
      items,
      fc.integer({ min: 0, max: 3000 }),
      fc.constantFrom('line' as const, 'document' as const),
      (list, percent, taxRounding) => {
        const document = tax(sampleMarket({ taxRounding, taxPoint: 'load' }, [samplePercentage('rate', percent)]), list);
        const exactTimes10000 = document.net.minor * BigInt(percent);
        const off = document.tax.minor * 10_000n - exactTimes10000;
        const most = 5_000n * (taxRounding === 'document' ? 1n : BigInt(list.length));
        assert.ok(off <= most && off >= -most);
      },
    ),
  );
});

test('where tax is due at load, what the balance pays is never taxed: the more it pays, the less tax', () => {
  fc.assert(
    fc.property(market, items, (anyMarket, list) => {
      const loaded = { ...anyMarket, taxPoint: 'load' as const };
      const paid = list.filter(({ kind }) => kind !== 'top_up');
      fc.pre(paid.length > 0);
      assert.equal(tax(loaded, paid, 'balance').tax.minor, 0n);
    }),
  );
});
