import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DAY_MS } from '#platform/clock';
import { endOfPeriod, localDayOfMonth, type PeriodFrom, startOfLocalDay } from './end-of-period.ts';
import type { Period } from './market.ts';

const NEW_YORK = 'America/New_York';
const month: Period = { unit: 'month', count: 1 };
const year: Period = { unit: 'year', count: 1 };

const endOf = (start: string, anchorDay: number | null, period: Period, zone: string, count = 1) =>
  endOfPeriod({ start: new Date(start), anchorDay, period, zone, count }).toISOString();

/** The ends of a chain of renewals, each from the end before. */
function chain(from: PeriodFrom, renewals: number): Date[] {
  const ends: Date[] = [];
  let start = from.start;
  for (let renewal = 0; renewal < renewals; renewal += 1) {
    start = endOfPeriod({ ...from, start });
    ends.push(start);
  }
  return ends;
}

test('a month bought on 31 January ends with 28 February, then 31 March, then 30 April [BUY-1]', () => {
  const ends = chain({ start: new Date('2027-01-31T20:00:00Z'), anchorDay: 31, period: month, zone: NEW_YORK }, 4);
  assert.deepEqual(
    ends.map((end) => end.toISOString()),
    ['2027-03-01T05:00:00.000Z', '2027-04-01T04:00:00.000Z', '2027-05-01T04:00:00.000Z', '2027-06-01T04:00:00.000Z'],
  );
});

const table: [rule: string, start: string, anchorDay: number | null, period: Period, zone: string, end: string][] = [
  ['31 January of a leap year ends with 29 February', '2028-01-31T20:00:00Z', 31, month, NEW_YORK, '2028-03-01T05:00:00.000Z'],
  ['30 January ends with 28 February', '2027-01-30T20:00:00Z', 30, month, NEW_YORK, '2027-03-01T05:00:00.000Z'],
  ['28 February comes back to its anchor 30 March', '2027-03-01T05:00:00Z', 30, month, NEW_YORK, '2027-03-31T04:00:00.000Z'],
  [
    'a month ends with the whole local day, not at the hour of purchase',
    '2026-11-02T17:00:00Z',
    2,
    month,
    NEW_YORK,
    '2026-12-03T05:00:00.000Z',
  ],
  [
    'the local day is the market’s: late evening UTC is next morning in Tokyo',
    '2026-11-02T17:00:00Z',
    3,
    month,
    'Asia/Tokyo',
    '2026-12-03T15:00:00.000Z',
  ],
  ['a year from a leap day ends with 28 February', '2028-02-29T17:00:00Z', 29, year, NEW_YORK, '2029-03-01T05:00:00.000Z'],
  ['the leap day comes back after four years', '2031-03-01T05:00:00Z', 29, year, NEW_YORK, '2032-03-01T05:00:00.000Z'],
  ['a month across the clocks’ going forward', '2027-02-20T17:00:00Z', 20, month, NEW_YORK, '2027-03-21T04:00:00.000Z'],
  ['a month across the clocks’ going back', '2026-10-15T17:00:00Z', 15, month, NEW_YORK, '2026-11-16T05:00:00.000Z'],
  [
    'a month that ends where midnight is skipped ends at the first instant after it',
    '2018-10-03T15:00:00Z',
    3,
    month,
    'America/Sao_Paulo',
    '2018-11-04T03:00:00.000Z',
  ],
  [
    'a month that ends where midnight comes twice ends at the first',
    '2026-09-30T15:00:00Z',
    31,
    month,
    'America/Havana',
    '2026-11-01T04:00:00.000Z',
  ],
  [
    'a period renewed across a skipped midnight keeps its day',
    '2018-11-04T03:00:00Z',
    3,
    month,
    'America/Sao_Paulo',
    '2018-12-04T02:00:00.000Z',
  ],
  ['a day that a zone skipped altogether is not waited for', '2011-11-29T20:00:00Z', 29, month, 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ['a purchase in the first instant of a day belongs to that day', '2026-11-01T04:00:00Z', 1, month, NEW_YORK, '2026-12-02T05:00:00.000Z'],
  [
    'a renewal from that same instant belongs to the day it closes',
    '2026-11-01T04:00:00Z',
    31,
    month,
    NEW_YORK,
    '2026-12-01T05:00:00.000Z',
  ],
  [
    'a purchase in a month’s last second belongs to that month',
    '2026-11-01T03:59:59.999Z',
    31,
    month,
    NEW_YORK,
    '2026-12-01T05:00:00.000Z',
  ],
  ['a month that follows a day plan has the day it starts on', '2026-11-05T20:00:00Z', 4, month, NEW_YORK, '2026-12-06T05:00:00.000Z'],
  ['without an anchor the start’s own day counts', '2027-01-31T20:00:00Z', null, month, NEW_YORK, '2027-03-01T05:00:00.000Z'],
  ['three months are one period', '2026-11-30T20:00:00Z', 30, { unit: 'month', count: 3 }, NEW_YORK, '2027-03-01T05:00:00.000Z'],
  ['a day is 24 hours, to the millisecond', '2026-11-02T17:00:00.123Z', 2, { unit: 'day', count: 1 }, NEW_YORK, '2026-11-03T17:00:00.123Z'],
  [
    'a day is 24 hours even where the local day has 23',
    '2027-03-13T20:00:00Z',
    13,
    { unit: 'day', count: 1 },
    NEW_YORK,
    '2027-03-14T20:00:00.000Z',
  ],
  ['30 days are 720 hours', '2026-10-20T17:00:00Z', null, { unit: 'day', count: 30 }, NEW_YORK, '2026-11-19T17:00:00.000Z'],
];
for (const [rule, start, anchorDay, period, zone, end] of table) {
  test(`${rule} [BUY-1]`, () => assert.equal(endOf(start, anchorDay, period, zone), end));
}

const zones = fc.constantFrom(
  NEW_YORK,
  'Asia/Tokyo',
  'Asia/Kuwait',
  'America/Sao_Paulo',
  'America/Havana',
  'Africa/Cairo',
  'Asia/Beirut',
  'Pacific/Apia',
  'UTC',
);
const starts = fc.date({ min: new Date('2015-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true });
const periods = fc.record<Period>({ unit: fc.constantFrom('day', 'month', 'year'), count: fc.integer({ min: 1, max: 4 }) });

test('n renewals end where n periods bought at once end: the chain never drifts', () => {
  fc.assert(
    fc.property(starts, zones, periods, fc.integer({ min: 1, max: 14 }), (start, zone, period, count) => {
      const from = { start, anchorDay: localDayOfMonth(start, zone), period, zone };
      assert.deepEqual(chain(from, count).at(-1), endOfPeriod({ ...from, count }));
    }),
  );
});

test('n renewals from midnight, when two days meet, end where n periods end too', () => {
  fc.assert(
    fc.property(starts, zones, fc.integer({ min: 1, max: 14 }), (some, zone, count) => {
      const start = startOfLocalDay(some.toISOString().slice(0, 10), zone);
      const from = { start, anchorDay: localDayOfMonth(start, zone), period: month, zone };
      assert.deepEqual(chain(from, count).at(-1), endOfPeriod({ ...from, count }));
    }),
  );
});

test('month and year periods close a local day: its last instant is on the anchor day or on the last of its month', () => {
  fc.assert(
    fc.property(starts, zones, fc.constantFrom(month, year), fc.integer({ min: 1, max: 14 }), (start, zone, period, count) => {
      // Not for the day that Samoa left out of its calendar.
      fc.pre(zone !== 'Pacific/Apia');
      const anchorDay = localDayOfMonth(start, zone);
      const end = endOfPeriod({ start, anchorDay, period, zone, count });
      const last = localDayOfMonth(new Date(end.getTime() - 1), zone);
      assert.equal(localDayOfMonth(end, zone) === 1 ? Math.min(last, anchorDay) : anchorDay, last);
      assert.notEqual(localDayOfMonth(end, zone), last);
    }),
  );
});

test('a month has at least 27 days and a half and at most 32', () => {
  fc.assert(
    fc.property(starts, zones, (start, zone) => {
      const end = endOfPeriod({ start, anchorDay: localDayOfMonth(start, zone), period: month, zone });
      const days = (end.getTime() - start.getTime()) / DAY_MS;
      assert.ok(days > 27.5 && days <= 32.1, `${days}`);
    }),
  );
});

test('whatever the anchor, a period that follows another is a whole one', () => {
  fc.assert(
    fc.property(starts, zones, fc.integer({ min: 1, max: 31 }), (start, zone, anchorDay) => {
      const days = (endOfPeriod({ start, anchorDay, period: month, zone }).getTime() - start.getTime()) / DAY_MS;
      assert.ok(days > 27.5 && days <= 32.1, `${days}`);
    }),
  );
});

test('a day plan lasts n × 24 hours in any zone', () => {
  fc.assert(
    fc.property(starts, zones, fc.integer({ min: 1, max: 400 }), (start, zone, count) => {
      const end = endOfPeriod({ start, anchorDay: null, period: { unit: 'day', count }, zone });
      assert.equal(end.getTime() - start.getTime(), count * DAY_MS);
    }),
  );
});

test('half a period or a day beyond any month is a fault', () => {
  const from = { start: new Date(0), anchorDay: 1, period: month, zone: 'UTC' };
  assert.throws(() => endOfPeriod({ ...from, count: 0.5 }), /whole ones/);
  assert.throws(() => endOfPeriod({ ...from, count: 0 }), /whole ones/);
  assert.throws(() => endOfPeriod({ ...from, anchorDay: 32 }), /in a month/);
});
