import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { money, sum, zero } from './money.ts';
import { share } from './share-money.ts';

const usd = (minor: bigint) => money('USD', minor);
const weights = fc.array(fc.bigInt(0n, 10n ** 12n), { minLength: 1, maxLength: 12 }).filter((list) => list.some((weight) => weight > 0n));
const total = fc.bigInt(-(10n ** 12n), 10n ** 12n).map(usd);

test('ten dollars among three equals is 3.33, 3.34 and 3.33', () => {
  assert.deepEqual(share(usd(1000n), [1n, 1n, 1n]), [usd(333n), usd(334n), usd(333n)]);
});

test('the parts of a share sum to the whole', () => {
  fc.assert(fc.property(total, weights, (whole, list) => assert.deepEqual(sum('USD', share(whole, list)), whole)));
});

test('each part is within one minor unit of its exact share, on the same side of zero, and nothing for no weight', () => {
  fc.assert(
    fc.property(total, weights, (whole, list) => {
      const all = list.reduce((left, right) => left + right);
      for (const [index, part] of share(whole, list).entries()) {
        const weight = list[index] ?? 0n;
        const off = part.minor * all - whole.minor * weight;
        assert.ok(off < all && off > -all);
        assert.ok(part.minor * whole.minor >= 0n);
        if (weight === 0n) assert.equal(part.minor, 0n);
      }
    }),
  );
});

test('shared over what is left, no part takes more than is left, and all of it takes each whole', () => {
  fc.assert(
    fc.property(weights, fc.bigInt(0n, 10_000n), (left, tenThousandths) => {
      const all = left.reduce((one, other) => one + other);
      const parts = share(usd((all * tenThousandths) / 10_000n), left);
      for (const [index, part] of parts.entries()) assert.ok(part.minor <= (left[index] ?? 0n));
      assert.deepEqual(share(usd(all), left), left.map(usd));
    }),
  );
});

test('nothing can be shared over no weight, but nothing itself', () => {
  assert.throws(() => share(usd(1n), [0n, 0n]), /shared over something/);
  assert.throws(() => share(usd(1n), []), /shared over something/);
  assert.throws(() => share(usd(1n), [2n, -1n]), /zero or more/);
  assert.deepEqual(share(zero('USD'), [0n, 0n]), [zero('USD'), zero('USD')]);
});
