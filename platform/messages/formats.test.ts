import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatData,
  formatDate,
  formatDay,
  formatInstant,
  formatMaskedNumber,
  formatMinutes,
  formatMoney,
  formatMonth,
  formatNumber,
  formatSpeed,
  formatTime,
  formatUntil,
  LANGUAGES,
} from './index.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');
const money = (currency: string, minor: bigint) => LANGUAGES.map((language) => plain(formatMoney(language, { currency, minor })));

test('money has the digits of its currency and a sign that means one currency', () => {
  assert.deepEqual(money('USD', 1500n), ['$15.00', '$15.00', '$15.00', '$15.00']);
  assert.deepEqual(money('JPY', 1500n), ['¥1,500', '¥1,500', 'JP¥1,500', 'JP¥1,500']);
  assert.deepEqual(money('CNY', 1500n), ['CN¥15.00', 'CN¥15.00', '¥15.00', '¥15.00']);
  assert.deepEqual(money('KWD', 4500n), ['KWD 4.500', 'KWD 4.500', 'KWD 4.500', 'KWD 4.500']);
  assert.deepEqual(money('CAD', 5n)[0], 'CA$0.05');
  assert.deepEqual(money('USD', -131n)[0], '-$1.31');
});

test('an amount beyond the range of a floating-point number keeps every digit', () => {
  assert.equal(formatMoney('en', { currency: 'USD', minor: 900_719_925_474_099_311n }), '$9,007,199,254,740,993.11');
});

test('data counts a GB as 10⁹ octets and never tells of more than there is', () => {
  const said = (octets: bigint) => plain(formatData('en', octets));
  assert.deepEqual([2_140_000_000n, 2_199_999_999n, 350_000_000n, 999_999_999n].map(said), ['2.1 GB', '2.1 GB', '350 MB', '999 MB']);
  assert.deepEqual([5_000_000_000n, 1_500_000_000_000n, 12_345n, 900n, 0n].map(said), ['5 GB', '1.5 TB', '12 KB', '0.9 KB', '0 KB']);
});

test('talk is said in whole minutes, speed in bits', () => {
  assert.deepEqual(
    LANGUAGES.map((language) => plain(formatMinutes(language, 10_979n))),
    ['182 min', '182 min', '182 分钟', '182 分鐘'],
  );
  assert.deepEqual(
    [128, 1_500, 2_000].map((speed) => plain(formatSpeed('en', speed))),
    ['128 kbit/s', '1.5 Mbit/s', '2 Mbit/s'],
  );
});

test('days and hours are those of the market, not of the server', () => {
  const instant = new Date('2026-11-28T02:05:00Z');
  assert.deepEqual(
    LANGUAGES.map((language) => formatDay(language, instant, 'America/New_York')),
    ['Fri 27 Nov', 'vie 27 nov', '11月27日 周五', '11月27日 週五'],
  );
  assert.equal(formatDay('en', instant, 'Asia/Tokyo'), 'Sat 28 Nov');
  assert.equal(formatTime('en', instant, 'Asia/Tokyo'), '11:05');
  assert.deepEqual(
    LANGUAGES.map((language) => formatInstant(language, instant, 'Asia/Tokyo')),
    ['Sat 28 Nov 2026, 11:05', 'sáb 28 nov 2026, 11:05', '2026年11月28日 周六 11:05', '2026年11月28日 週六 11:05'],
  );
  assert.deepEqual(LANGUAGES.map((language) => formatDate(language, instant, 'UTC')).slice(0, 3), [
    '28 Nov 2026',
    '28 nov 2026',
    '2026年11月28日',
  ]);
});

test('a calendar month is said by its name, not as a code', () => {
  assert.deepEqual(
    LANGUAGES.map((language) => formatMonth(language, '2026-11')),
    ['November 2026', 'noviembre de 2026', '2026年11月', '2026年11月'],
  );
});

test('midnight is 00:00', () => {
  assert.equal(formatTime('en', new Date('2026-11-28T05:00:00Z'), 'America/New_York'), '00:00');
});

test('a day more than nine months away says its year', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  assert.equal(formatDay('en', new Date('2027-01-02T12:00:00Z'), 'UTC', now), 'Sat 2 Jan');
  assert.equal(formatDay('en', new Date('2027-11-20T12:00:00Z'), 'UTC', now), 'Sat 20 Nov 2027');
});

test('an end at midnight is said as the last day it still works, across the change to winter time too', () => {
  assert.equal(formatUntil('en', new Date('2026-11-29T05:00:00Z'), 'America/New_York'), 'Sat 28 Nov');
  assert.equal(formatUntil('en', new Date('2026-11-02T05:00:00Z'), 'America/New_York'), 'Sun 1 Nov');
  assert.equal(formatUntil('en', new Date('2026-11-28T19:05:00Z'), 'America/New_York'), 'Sat 28 Nov, 14:05');
  // Chile's clocks went from 24:00 to 01:00 that night: the day begins at 01:00.
  assert.equal(formatUntil('en', new Date('2026-09-06T04:00:00Z'), 'America/Santiago'), 'Sat 5 Sep');
  assert.equal(formatUntil('zh-Hans', new Date('2026-11-28T19:05:00Z'), 'America/New_York'), '11月28日 周六 14:05');
});

test('a number is written as people read it, and masked but for its area and last two digits [ID-6]', () => {
  assert.equal(formatNumber('+12065550142'), '+1 206 555 0142');
  assert.equal(formatNumber('+12065550142', 'national'), '(206) 555-0142');
  assert.equal(formatMaskedNumber('+12065550142'), '+1 206 ••• ••42');
  assert.equal(formatMaskedNumber('+819012345678'), '+81 90 •••• ••78');
  assert.equal(formatMaskedNumber('+96550012345'), '+965 500 •••45');
  assert.equal(formatNumber('not a number'), 'not a number');
});
