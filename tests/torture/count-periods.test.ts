import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endAfter } from './count-periods.ts';

const at = (text: string) => new Date(text);

test('months keep the day of the first purchase, in local time', () => {
  const line = {
    plan: 'month-5gb',
    openedAt: at('2026-01-31T17:00:00Z'),
    firstEnd: at('2026-03-01T05:00:00Z'),
    firstEndToldAt: at('2026-01-31T17:00:09Z'),
  };
  assert.deepEqual(endAfter(line, 1), at('2026-03-01T05:00:00Z'));
  assert.deepEqual(endAfter(line, 2), at('2026-04-01T04:00:00Z'));
  assert.deepEqual(endAfter(line, 12), at('2027-02-01T05:00:00Z'));
});

test('days are 24 hours', () => {
  const line = {
    plan: 'day-1gb',
    openedAt: at('2026-03-07T17:00:00Z'),
    firstEnd: at('2026-03-08T17:00:01Z'),
    firstEndToldAt: at('2026-03-07T17:00:02Z'),
  };
  assert.deepEqual(endAfter(line, 3), at('2026-03-10T17:00:01Z'));
});

test('a first end that follows from no purchase is none', () => {
  const line = {
    plan: 'month-5gb',
    openedAt: at('2026-01-31T17:00:00Z'),
    firstEnd: at('2026-03-05T05:00:00Z'),
    firstEndToldAt: at('2026-01-31T17:00:09Z'),
  };
  assert.equal(endAfter(line, 1), undefined);
});
