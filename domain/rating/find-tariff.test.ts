import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TariffPeriod } from '#domain/catalog';
import { nextTariffChange, tariffAt } from './find-tariff.ts';
import { names, OFF_PEAK, placedMarket, SHORT } from './sample-terms.ts';

const MINUTE_MS = 60_000;
const marketOf = (tariffPeriods: readonly TariffPeriod[], zone?: string) => placedMarket({ tariffPeriods }, zone);

const holds: [localTime: string, instant: string, tariff: string | null, until: string][] = [
  ['a Tuesday at noon', '2026-11-17T17:00:00Z', null, '2026-11-18T02:00:00Z'],
  ['a Tuesday a moment before nine in the evening', '2026-11-18T01:59:59.999Z', null, '2026-11-18T02:00:00Z'],
  ['a Tuesday at nine in the evening', '2026-11-18T02:00:00Z', 'off_peak', '2026-11-18T11:00:00Z'],
  ['a Wednesday a moment before six', '2026-11-18T10:59:59.999Z', 'off_peak', '2026-11-18T11:00:00Z'],
  ['a Wednesday at six', '2026-11-18T11:00:00Z', null, '2026-11-19T02:00:00Z'],
  ['a Friday at nine in the evening: until Monday at six', '2026-11-21T02:00:00Z', 'off_peak', '2026-11-23T11:00:00Z'],
  ['the last moment of Sunday, where the week ends', '2026-11-23T04:59:59.999Z', 'off_peak', '2026-11-23T11:00:00Z'],
  ['a Monday at three', '2026-11-23T08:00:00Z', 'off_peak', '2026-11-23T11:00:00Z'],
  ['the Friday before clocks go back: the weekend is an hour longer', '2026-10-31T02:00:00Z', 'off_peak', '2026-11-02T11:00:00Z'],
  ['the Friday before clocks go forward: an hour shorter', '2026-03-07T02:00:00Z', 'off_peak', '2026-03-09T10:00:00Z'],
];
for (const [localTime, instant, tariff, until] of holds) {
  test(`${localTime}: ${tariff ?? 'ordinary'} until ${until} [BUY-1]`, () => {
    const market = marketOf([OFF_PEAK]);
    assert.equal(tariffAt(market, new Date(instant)), tariff);
    assert.deepEqual(nextTariffChange(market, new Date(instant)), new Date(until));
  });
}

const EARLY: TariffPeriod = { code: 'early', names: names('Early'), times: [{ days: ['sun'], fromMinute: 90, untilMinute: 150 }] };

test('a boundary in the hour that comes twice changes the tariff twice, as the clock on the wall does', () => {
  // 1 November 2026: 1:30 to 2:30 on the wall is 1:30–2:00 in summer time, then 1:30–2:30 in winter time.
  const market = marketOf([EARLY]);
  const changes: [string, string | null][] = [];
  for (let at: Date | null = new Date('2026-11-01T04:00:00Z'); changes.length < 5; ) {
    assert.ok(at !== null);
    changes.push([at.toISOString(), tariffAt(market, at)]);
    at = nextTariffChange(market, at);
  }
  assert.deepEqual(changes, [
    ['2026-11-01T04:00:00.000Z', null],
    ['2026-11-01T05:30:00.000Z', 'early'],
    ['2026-11-01T06:00:00.000Z', null],
    ['2026-11-01T06:30:00.000Z', 'early'],
    ['2026-11-01T07:30:00.000Z', null],
  ]);
});

test('a boundary in the hour that is left out falls on its end', () => {
  // 8 March 2026: 2:00 is 3:00. The period ends at 2:30, which there is not.
  const market = marketOf([EARLY]);
  assert.equal(tariffAt(market, new Date('2026-03-08T06:59:59Z')), 'early');
  assert.equal(tariffAt(market, new Date('2026-03-08T07:00:00Z')), null);
  assert.deepEqual(nextTariffChange(market, new Date('2026-03-08T06:45:00Z')), new Date('2026-03-08T07:00:00Z'));
});

test('a period that clocks going forward leave out is not there that week, and the next week is found', () => {
  const times = [{ days: ['sun'], fromMinute: 130, untilMinute: 170 }] as const;
  const market = marketOf([{ code: 'lost', names: names('Lost'), times }]);
  assert.deepEqual(nextTariffChange(market, new Date('2026-03-02T12:00:00Z')), new Date('2026-03-15T06:10:00Z'));
});

test('where no period is, or one that never ends, no change comes', () => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  const always = { code: 'always', names: names('Always'), times: [{ days, fromMinute: 0, untilMinute: 1440 }] };
  const instant = new Date('2026-11-17T17:00:00Z');
  for (const [market, tariff] of [
    [{ zone: 'UTC' }, null],
    [marketOf([]), null],
    [marketOf([always]), 'always'],
  ] as const) {
    assert.equal(tariffAt(market, instant), tariff);
    assert.equal(nextTariffChange(market, instant), null);
  }
});

/** The same rule written another way: what the machine's own calendar says of a minute. */
function tariffByCalendar(periods: readonly TariffPeriod[], format: Intl.DateTimeFormat, atMs: number): string | null {
  const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const today = days.indexOf(String(parts['weekday']).toLowerCase());
  const minute = today * 1440 + Number(parts['hour']) * 60 + Number(parts['minute']);
  const found = periods.find(({ times }) =>
    times.some((time) =>
      time.days.some((day) => {
        const since = (minute - days.indexOf(day) * 1440 - time.fromMinute + 10_080) % 10_080;
        return since < time.untilMinute - time.fromMinute;
      }),
    ),
  );
  return found?.code ?? null;
}

for (const [zone, from, what] of [
  ['America/New_York', '2026-03-04T00:00:00Z', 'clocks go forward'],
  ['America/New_York', '2026-10-28T00:00:00Z', 'clocks go back'],
  ['Australia/Lord_Howe', '2026-04-01T00:00:00Z', 'clocks go back by half an hour'],
  ['Australia/Lord_Howe', '2026-09-30T00:00:00Z', 'clocks go forward by half an hour'],
  ['America/Havana', '2026-03-04T00:00:00Z', 'midnight is left out'],
  ['America/Havana', '2026-10-28T00:00:00Z', 'the hour after midnight comes twice'],
  ['Asia/Tokyo', '2026-12-28T00:00:00Z', 'the year ends'],
  ['Asia/Kuwait', '2026-11-02T00:00:00Z', 'clocks stand'],
] as const) {
  test(`minute by minute the tariff is what the wall says, and the next change is where it changes: ${zone}, ${what}`, () => {
    const midnight = {
      code: 'midnight',
      names: names('Midnight'),
      times: [{ days: ['wed', 'sun'], fromMinute: 1400, untilMinute: 1490 }],
    } as const;
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    for (const periods of [[OFF_PEAK], [SHORT, midnight]]) {
      const market = marketOf(periods, zone);
      const start = Date.parse(from);
      let change = nextTariffChange(market, new Date(start));
      let tariff = tariffAt(market, new Date(start));
      for (let atMs = start; atMs < start + 8 * 1440 * MINUTE_MS; atMs += MINUTE_MS) {
        const expected = tariffByCalendar(periods, format, atMs);
        assert.equal(tariffAt(market, new Date(atMs)), expected, new Date(atMs).toISOString());
        if (expected !== tariff) assert.deepEqual(change, new Date(atMs));
        else assert.ok(change !== null && change.getTime() > atMs, new Date(atMs).toISOString());
        tariff = expected;
        if (change !== null && change.getTime() <= atMs) change = nextTariffChange(market, new Date(atMs));
      }
    }
  });
}

test('the order in which instants are asked for changes no answer', () => {
  const market = marketOf([OFF_PEAK, { ...SHORT, times: SHORT.times.slice(0, 1) }]);
  const minutes = fc.integer({ min: 0, max: 400 * 1440 });
  fc.assert(
    fc.property(fc.array(minutes, { maxLength: 20 }), (asked) => {
      for (const minute of asked) {
        const instant = new Date(Date.UTC(2026, 0, 1) + minute * MINUTE_MS);
        const alone = marketOf([...(market.network?.tariffPeriods ?? [])]);
        assert.equal(tariffAt(market, instant), tariffAt(alone, instant));
        assert.deepEqual(nextTariffChange(market, instant), nextTariffChange(alone, instant));
      }
    }),
    { numRuns: 20 },
  );
});
