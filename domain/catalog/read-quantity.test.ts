import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPeriod, readQuantity, readSpeedKbps } from './read-quantity.ts';

test('a GB is 1,000,000,000 octets, as networks and price lists count', () => {
  assert.equal(readQuantity('5 GB', 'data'), 5_000_000_000n);
  assert.equal(readQuantity('1.5 GB', 'data'), 1_500_000_000n);
  assert.equal(readQuantity('500 MB', 'data.video'), 500_000_000n);
  assert.equal(readQuantity('1 TB', 'data'), 1_000_000_000_000n);
});

test('talk is counted in seconds and texts in messages', () => {
  assert.equal(readQuantity('100 min', 'voice'), 6_000n);
  assert.equal(readQuantity('2 hours', 'voice'), 7_200n);
  assert.equal(readQuantity('200 messages', 'message'), 200n);
  assert.equal(readQuantity('1 message', 'message'), 1n);
});

test('a quantity in another unit, of nothing, of less than one or without a unit is not taken', () => {
  for (const text of ['5 GiB', '5GB', '5', '5 gb', '0 GB', '-5 GB', '1.5 B', '5 GB ', '5 min', '5 toString', '1,000 MB', 'unlimited']) {
    assert.equal(readQuantity(text, 'data'), undefined, text);
  }
  assert.equal(readQuantity('5 GB', 'voice'), undefined);
  assert.equal(readQuantity('1.5 messages', 'message'), undefined);
});

test('a speed is kbit/s or Mbit/s', () => {
  assert.equal(readSpeedKbps('128 kbit/s'), 128);
  assert.equal(readSpeedKbps('1.5 Mbit/s'), 1500);
  for (const text of ['128', '128 kbps', '128 kB/s', '0 kbit/s']) assert.equal(readSpeedKbps(text), undefined, text);
});

test('a period is a whole number of days, months or years [BUY-1]', () => {
  assert.deepEqual(readPeriod('1 month'), { unit: 'month', count: 1 });
  assert.deepEqual(readPeriod('30 days'), { unit: 'day', count: 30 });
  assert.deepEqual(readPeriod('1 year'), { unit: 'year', count: 1 });
  for (const text of ['0 days', '1.5 months', 'month', '1 week', '-1 day', '10000 days']) assert.equal(readPeriod(text), undefined, text);
});
