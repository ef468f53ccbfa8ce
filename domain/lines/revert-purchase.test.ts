import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PurchaseEffect } from './decide-purchase.ts';
import { daysFromNow, exampleLine, MARKET, NOW } from './example-line.ts';
import type { Line } from './line.ts';
import { lineBefore, type PeriodBefore, periodOf } from './revert-purchase.ts';

const MONTH = { unit: 'month', count: 1 } as const;
const BEFORE: PeriodBefore = periodOf(exampleLine());
const end = (day: string) => new Date(`${day}T05:00:00Z`);

function given(paidUntil: Date, over: Partial<NonNullable<PurchaseEffect['period']>> = {}): PurchaseEffect {
  const period = {
    planCode: 'month-5gb',
    planVersion: 1,
    anchorDay: 15,
    startedAt: exampleLine().periodStartedAt ?? NOW,
    paidUntil,
    ...over,
  };
  return { rule: 'renew_now', usableFrom: NOW, usableUntil: paidUntil, period, redated: [], replenishes: true };
}

const revert = (line: Line, effect: PurchaseEffect, before = BEFORE, now = NOW) =>
  lineBefore(line, { effect, before, period: MONTH }, MARKET, now);

test('the last renewal refunded, the period is what it was [BUY-3]', () => {
  const line = exampleLine({ paidUntil: end('2026-12-16'), remindedEndingDays: 3 });
  assert.deepEqual(periodOf(revert(line, given(end('2026-12-16')))), BEFORE);
  assert.equal(revert(line, given(end('2026-12-16'))).remindedEndingDays, null);
});

test('an earlier renewal refunded, the later ones keep their periods, each moved up by one [BUY-3]', () => {
  for (const [later, expected] of [
    ['2027-01-16', '2026-12-16'],
    ['2027-02-16', '2027-01-16'],
  ] as const)
    assert.deepEqual(revert(exampleLine({ paidUntil: end(later) }), given(end('2026-12-16'))).paidUntil, end(expected));
});

test('refunded when what was there before has run out, the line ends now [BUY-3]', () => {
  const line = exampleLine({ paidUntil: end('2026-12-16') });
  const late = end('2026-11-20');
  assert.deepEqual(revert(line, given(end('2026-12-16')), BEFORE, late).paidUntil, late);
  const never = { ...BEFORE, paidUntil: null, periodStartedAt: null };
  assert.deepEqual(revert(line, given(end('2026-12-16')), never).paidUntil, NOW);
});

test('two renewals refunded one after the other, in either order, leave the line as it was [BUY-3]', () => {
  const first = given(end('2026-12-16'));
  const second = given(end('2027-01-16'));
  const beforeSecond = { ...BEFORE, paidUntil: end('2026-12-16') };
  const both = exampleLine({ paidUntil: end('2027-01-16') });
  assert.deepEqual(periodOf(revert(revert(both, first), second, beforeSecond)), BEFORE);
  assert.deepEqual(periodOf(revert(revert(both, second, beforeSecond), first)), BEFORE);
});

test('the first period of all refunded under a renewal, the renewal begins now with its whole period [BUY-3]', () => {
  const never = { ...BEFORE, paidUntil: null, periodStartedAt: null, anchorDay: null };
  const line = exampleLine({ paidUntil: end('2026-12-16') });
  const { paidUntil, anchorDay, periodStartedAt } = revert(line, given(end('2026-11-16')), never);
  assert.deepEqual([paidUntil, anchorDay, periodStartedAt], [end('2026-12-03'), 2, NOW]);
});

test('a lapsed line is left as it is [BUY-3]', () => {
  const line = exampleLine({ state: 'expired', paidUntil: daysFromNow(-1) });
  assert.deepEqual(revert(line, given(daysFromNow(-1)), { ...BEFORE, paidUntil: daysFromNow(-31) }), line);
  assert.deepEqual(
    revert(exampleLine({ state: 'expired', paidUntil: end('2026-10-16') }), given(end('2026-09-16'))),
    exampleLine({ state: 'expired', paidUntil: end('2026-10-16') }),
  );
});

test('what another plan has taken the place of leaves nothing to undo in the period [BUY-3]', () => {
  const line = exampleLine({ planCode: 'month-10gb', paidUntil: end('2026-12-03') });
  assert.deepEqual(revert(line, given(end('2026-12-16'))), line);
});

test('an end that does not stem from it any more is left alone [BUY-3]', () => {
  const line = exampleLine({ paidUntil: end('2027-01-20') });
  assert.deepEqual(revert(line, given(end('2026-12-16'))), line);
});

test('packs and top-ups leave the period alone [BUY-3]', () => {
  const effect: PurchaseEffect = { rule: 'pack_now', usableFrom: NOW, usableUntil: daysFromNow(7), redated: [], replenishes: true };
  assert.deepEqual(revert(exampleLine(), effect), exampleLine());
});
