import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ForecastAsked, forecastUse } from './forecast-use.ts';

const asked: ForecastAsked = {
  used: [
    { day: '2026-11-02', quantity: 300n },
    { day: '2026-11-04', quantity: 300n },
  ],
  from: new Date('2026-11-02T17:00:00Z'),
  now: new Date('2026-11-04T17:00:00Z'),
  until: new Date('2026-12-02T05:00:00Z'),
  left: 500n,
  timeZone: 'America/New_York',
};

test('at the pace of the period the data lasts until an instant, and the days to come are shown until then [SEE-2, SEE-5]', () => {
  const forecast = forecastUse(asked);
  assert.deepEqual(forecast.days, [
    { day: '2026-11-02', quantity: 300n },
    { day: '2026-11-03', quantity: 0n },
    { day: '2026-11-04', quantity: 300n },
  ]);
  assert.deepEqual([forecast.averagePerDay, forecast.today], [200n, 300n]);
  assert.equal(forecast.dryAt?.toISOString(), '2026-11-07T05:00:00.000Z');
  assert.deepEqual(
    forecast.ahead.map(({ day }) => day),
    ['2026-11-05', '2026-11-06'],
  );
});

test('data that outlasts its period, is unlimited, is used up or was not used yet runs dry at no instant', () => {
  for (const over of [{ left: 5_000_000n }, { left: null }, { left: 0n }, { used: [] }])
    assert.equal(forecastUse({ ...asked, ...over }).dryAt, undefined);
  assert.equal(forecastUse({ ...asked, left: 0n }).ahead.length, 0);
  assert.equal(forecastUse({ ...asked, left: null }).ahead.length, 9);
});

test('a year shows its last three weeks, and its average is of the whole of it', () => {
  const { days, averagePerDay } = forecastUse({ ...asked, from: new Date('2026-01-04T17:00:00Z') });
  assert.equal(days.length, 21);
  assert.equal(days.at(-1)?.day, '2026-11-04');
  assert.equal(averagePerDay, 600n / 305n);
});
