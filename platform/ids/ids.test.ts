import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createIdMint, formatId, formatLink, formatSpokenId, parseId, parseLink, readTypedId, slotOf } from './index.ts';

const slots = fc.integer({ min: 0, max: 1023 });
const ids = fc.bigInt({ min: 0n, max: (1n << 63n) - 1n });
const NOW_MS = Date.UTC(2026, 10, 2, 17);

test('an id carries the slot it was minted for', () => {
  const mint = createIdMint(() => NOW_MS, 0);
  fc.assert(fc.property(slots, (slot) => slotOf(mint(slot)) === slot));
});

test('ids of one mint never repeat, whatever the clock does', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 0, max: 4095 }),
      (steps, startAt) => {
        let nowMs = NOW_MS;
        const mint = createIdMint(() => nowMs, startAt);
        const minted = steps.map((step) => {
          nowMs += step;
          return mint(7);
        });
        return new Set(minted).size === minted.length;
      },
    ),
  );
});

test('ids sort by age within a slot, also past the 4,096 of one millisecond', () => {
  const mint = createIdMint(() => NOW_MS, 4000);
  const minted = Array.from({ length: 10_000 }, () => mint(3));
  assert.deepEqual(
    minted,
    minted.toSorted((left, right) => (left < right ? -1 : 1)),
  );
  assert.equal(new Set(minted).size, minted.length);
});

test('ids fit a PostgreSQL bigint until 2094', () => {
  const mint = createIdMint(() => Date.UTC(2094, 0, 1), 4095);
  assert.ok(mint(1023) < 1n << 63n);
});

test('a slot that is none is a fault', () => {
  const mint = createIdMint(() => NOW_MS, 0);
  assert.throws(() => mint(1024), /slot/);
  assert.throws(() => mint(-1), /slot/);
});

test('an id is read back from what people type of its number, however they type it', () => {
  fc.assert(
    fc.property(ids, (id) => {
      const spoken = formatSpokenId(id);
      assert.match(spoken, /^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}$/);
      const slurred = spoken.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'I');
      for (const typed of [spoken, ` ${slurred} `, spoken.replaceAll('-', ''), formatId('ord', id)])
        assert.equal(readTypedId('ord', typed), id, typed);
    }),
  );
  for (const text of ['', 'ord_123', '06XW-7Z6N', 'UUUU-UUUU-UUUUU']) assert.equal(readTypedId('ord', text), undefined, text);
});

test('an id is read back from its written form, and only under its own prefix', () => {
  fc.assert(
    fc.property(ids, (id) => {
      const text = formatId('ord', id);
      assert.match(text, /^ord_[0-9a-z]{13}$/);
      assert.equal(parseId('ord', text), id);
      assert.equal(parseId('att', text), undefined);
    }),
  );
});

test('what is no id is told from one', () => {
  for (const text of ['', 'ord_', 'ord_123', 'ord_zzzzzzzzzzzzz', 'ord_000000000000i', 'ord_00000000000000', 'ord-0000000000000'])
    assert.equal(parseId('ord', text), undefined, text);
});

test('a secret link is read back whole, and nothing else is taken for one', () => {
  const token = fc.stringMatching(/^[\w-]{22}$/);
  fc.assert(
    fc.property(ids, ids, token, (id, accountId, secret) => {
      const link = formatLink({ id, accountId, token: secret });
      assert.equal(link.length, 48);
      assert.deepEqual(parseLink(link), { id, accountId, token: secret });
    }),
  );
  fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => parseLink(text) === undefined || text.length === 48));
});
