import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysFromNow, exampleAllowance, LINE, OTHER_LINE, plainContext, throttlingContext } from './example-allowances.ts';
import { standingOf, summarise } from './summarise-allowances.ts';

test('what is left is counted at full speed, over all that is usable now [SEE-1]', () => {
  const allowances = [
    exampleAllowance({ allowanceId: 1n, used: 400n }),
    exampleAllowance({ allowanceId: 2n, granted: null, fullSpeedCap: 500n, used: 100n }),
    exampleAllowance({ allowanceId: 3n, lineId: null, granted: 50n }),
    exampleAllowance({ allowanceId: 4n, validFrom: daysFromNow(1) }),
    exampleAllowance({ allowanceId: 5n, lineId: OTHER_LINE }),
    exampleAllowance({ allowanceId: 6n, zone: 'europe' }),
    exampleAllowance({ allowanceId: 7n, zeroRated: true, granted: null }),
    exampleAllowance({ allowanceId: 8n, service: 'data.hotspot' }),
    exampleAllowance({ allowanceId: 9n, service: 'voice', granted: 6000n, used: 60n }),
    exampleAllowance({ allowanceId: 10n, service: 'message', granted: null }),
  ];
  const summary = summarise(allowances, plainContext);
  assert.deepEqual(summary.data, { left: 1050n, granted: 1550n, speed: 'full' });
  assert.deepEqual(summary.voice, { left: 5940n, granted: 6000n });
  assert.deepEqual(summary.message, { left: null, granted: null });
});

test('unlimited data at full speed is told as unlimited, and as its cap where it has one', () => {
  assert.deepEqual(standingOf([exampleAllowance({ granted: null })], plainContext), { left: null, granted: null, speed: 'full' });
  const capped = exampleAllowance({ granted: null, fullSpeedCap: 500n, used: 500n });
  assert.deepEqual(standingOf([capped], throttlingContext), { left: 0n, granted: 500n, speed: 'throttled' });
});

test('nothing left at full speed is throttled where the plan throttles and something slow is owned, else stopped [LIFE-1]', () => {
  const slow = exampleAllowance({ granted: null, fullSpeedCap: 0n });
  assert.equal(standingOf([slow], throttlingContext).speed, 'throttled');
  assert.equal(standingOf([slow], plainContext).speed, 'stopped');
  assert.equal(standingOf([exampleAllowance({ used: 1000n })], throttlingContext).speed, 'stopped');
  assert.deepEqual(standingOf([], throttlingContext), { left: 0n, granted: 0n, speed: 'stopped' });
});

test('what was forfeited or taken back no longer counts as granted', () => {
  assert.deepEqual(standingOf([exampleAllowance({ used: 100n, forfeited: 500n })], plainContext), {
    left: 400n,
    granted: 500n,
    speed: 'full',
  });
});

test('packages are listed with their own dates and parts, soonest end first, waiting ones too, ended ones not [SEE-1]', () => {
  const allowances = [
    exampleAllowance({ allowanceId: 1n, orderId: 2n, validFrom: daysFromNow(29), validUntil: daysFromNow(59) }),
    exampleAllowance({ allowanceId: 2n, orderId: 1n, partNo: 1, service: 'voice', granted: 60n, used: 60n, lineId: null }),
    exampleAllowance({ allowanceId: 3n, orderId: 1n, partNo: 0, used: 250n, reserved: 50n }),
    exampleAllowance({ allowanceId: 4n, orderId: 3n, validUntil: daysFromNow(0) }),
    exampleAllowance({ allowanceId: 5n, orderId: 4n, withdrawnAt: daysFromNow(-1) }),
  ];
  const packages = summarise(allowances, plainContext).packages;
  assert.deepEqual(
    packages.map(({ orderId, state }) => [orderId, state]),
    [
      [1n, 'usable'],
      [2n, 'waiting'],
    ],
  );
  assert.deepEqual(packages[0], {
    orderId: 1n,
    itemNo: 0,
    productCode: 'month-5',
    productVersion: 1,
    validFrom: daysFromNow(-1),
    validUntil: daysFromNow(29),
    starts: 'at_date',
    state: 'usable',
    parts: [
      { service: 'data', zone: 'any', zeroRated: false, shared: false, fullSpeedCap: null, granted: 1000n, left: 750n },
      { service: 'voice', zone: 'any', zeroRated: false, shared: true, fullSpeedCap: null, granted: 60n, left: 0n },
    ],
  });
});

test('a capped line is told its share of what all share, and others of what there is [SIM-4] [SEE-1]', () => {
  const shared = exampleAllowance({ lineId: null, used: 300n, reserved: 100n, shares: [LINE, 250n, 120n, 100n] });
  const own = exampleAllowance({ allowanceId: 2n, granted: 50n });
  const { data, packages } = summarise([shared, own], plainContext);
  assert.deepEqual(data, { left: 180n, granted: 300n, speed: 'full' }, 'what its sessions hold is still its own');
  const parts = packages.flatMap((one) => one.parts);
  assert.deepEqual(parts.find((part) => part.shared)?.share, { left: 130n, granted: 250n });
  assert.equal(parts.find((part) => !part.shared)?.share, undefined);
  assert.deepEqual(standingOf([shared], { ...plainContext, lineId: OTHER_LINE }), { left: 700n, granted: 1000n, speed: 'full' });
  const spent = { ...shared, shares: [LINE, 250n, 250n, 0n] };
  const stopped = { left: 0n, granted: 250n, speed: 'stopped' };
  assert.deepEqual(standingOf([spent], plainContext), { ...stopped, capReached: true });
  assert.deepEqual(standingOf([{ ...spent, used: 1000n, reserved: 0n }], plainContext), stopped, 'all that is shared is used up');
  assert.equal(standingOf([spent, own], plainContext).capReached, undefined, 'it goes on with its own');
});
