import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleLine, MARKET } from './example-line.ts';
import { presentPeriodStart } from './present-period.ts';

const MONTH = { unit: 'month', count: 1 } as const;

test('a line that was renewed again and again in time is in the period that runs now, not in its first one [SEE-2]', () => {
  const line = exampleLine();
  const at = (instant: string) => presentPeriodStart(line, MONTH, MARKET, new Date(instant))?.toISOString();
  assert.equal(at('2026-10-15T14:00:00Z'), '2026-10-15T14:00:00.000Z');
  assert.equal(at('2026-11-16T04:59:59Z'), '2026-10-15T14:00:00.000Z', 'until the first period ends');
  assert.equal(at('2026-11-16T05:00:00Z'), '2026-11-16T05:00:00.000Z');
  assert.equal(at('2027-03-20T00:00:00Z'), '2027-03-16T04:00:00.000Z', 'by the market’s calendar, daylight saving included');
});

test('periods of days are of 24 hours each, however many have passed', () => {
  const line = exampleLine({ anchorDay: null });
  const start = presentPeriodStart(line, { unit: 'day', count: 7 }, MARKET, new Date('2028-01-01T00:00:00Z'));
  assert.equal(start?.toISOString(), '2027-12-30T14:00:00.000Z');
});

test('a line that has not begun is in no period', () => {
  assert.equal(presentPeriodStart(exampleLine({ periodStartedAt: null }), MONTH, MARKET, new Date()), null);
});
