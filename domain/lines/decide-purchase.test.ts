import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal } from '#platform/refusals';
import { decidePurchase, type Purchase, type PurchaseEffect, redate } from './decide-purchase.ts';
import {
  daysFromNow,
  examplePack,
  examplePlan,
  exampleQueued,
  exampleState,
  lapsedState,
  MARKET,
  NOW,
  PAY_AS_YOU_GO,
} from './example-line.ts';
import type { LineWithQueue } from './line.ts';

const MONTH = examplePlan();
const BIG = examplePlan({ code: 'month-10gb' });

function decide(state: LineWithQueue, purchase: Purchase, now = NOW, present = MONTH): PurchaseEffect {
  const effect = decidePurchase(state, purchase, { market: MARKET, present, now });
  if (isRefusal(effect)) throw new assert.AssertionError({ message: `refused: ${effect.code}` });
  return effect;
}

function refusalOf(state: LineWithQueue, purchase: Purchase): string {
  const effect = decidePurchase(state, purchase, { market: MARKET, present: MONTH, now: NOW });
  return isRefusal(effect) ? effect.code : 'allowed';
}

const endOf = (day: string): Date => new Date(`${day}T05:00:00Z`);

test('renewed early, it is usable at once and ends one period after the present end [BUY-3]', () => {
  const effect = decide(exampleState(), { kind: 'renew', plan: MONTH });
  assert.equal(effect.rule, 'renew_now');
  assert.deepEqual(effect.usableFrom, NOW);
  assert.deepEqual(effect.usableUntil, endOf('2026-12-16'));
  assert.deepEqual(effect.period?.paidUntil, endOf('2026-12-16'));
  assert.deepEqual(effect.period?.startedAt, exampleState().line.periodStartedAt);
});

test('renewed early at the last moment or the first, no day is lost: only the end moves, by a whole period [BUY-3]', () => {
  for (const now of ['2026-10-15T14:00:00.001Z', '2026-11-16T04:59:59.999Z'])
    assert.deepEqual(decide(exampleState(), { kind: 'renew', plan: MONTH }, new Date(now)).period?.paidUntil, endOf('2026-12-16'), now);
});

test('renewed at the very end or after it, the period starts now with a new anchor [BUY-3]', () => {
  const effect = decide(exampleState(), { kind: 'renew', plan: MONTH }, new Date('2026-11-16T05:00:00Z'));
  assert.equal(effect.rule, 'renew_from_now');
  assert.equal(effect.period?.anchorDay, 16);
  assert.deepEqual(effect.period?.paidUntil, endOf('2026-12-17'));
});

for (const state of ['expired', 'suspended', 'parked'] as const)
  test(`an ${state} line's period starts now [BUY-3]`, () => {
    const effect = decide(lapsedState(state), { kind: 'renew', plan: MONTH });
    assert.equal(effect.rule, 'renew_from_now');
    assert.deepEqual(effect.period, {
      planCode: 'month-5gb',
      planVersion: 1,
      anchorDay: 2,
      startedAt: NOW,
      paidUntil: endOf('2026-12-03'),
    });
  });

test('a pending line is activated by its first renewal, from now [BUY-3]', () => {
  const pending = exampleState({ state: 'pending', anchorDay: null, periodStartedAt: null, paidUntil: null });
  const effect = decide(pending, { kind: 'renew', plan: MONTH });
  assert.equal(effect.rule, 'renew_from_now');
  assert.deepEqual(effect.period?.startedAt, NOW);
});

test('the anchor day holds through the short months: 31 January, 28 February, 31 March [BUY-1]', () => {
  const january = exampleState({ anchorDay: 31, periodStartedAt: endOf('2026-12-31'), paidUntil: new Date('2027-02-01T05:00:00Z') });
  const first = decide(january, { kind: 'renew', plan: MONTH }, new Date('2027-01-20T12:00:00Z'));
  assert.deepEqual(first.period?.paidUntil, new Date('2027-03-01T05:00:00Z'));
  const february = exampleState({ ...january.line, paidUntil: first.period?.paidUntil ?? null });
  const second = decide(february, { kind: 'renew', plan: MONTH }, new Date('2027-02-10T12:00:00Z'));
  assert.deepEqual(second.period?.paidUntil, new Date('2027-04-01T04:00:00Z'));
});

test("bought in a month's last second, the period is that month's; a second later the next one's [BUY-1]", () => {
  const end = (now: string) => decide(lapsedState('expired'), { kind: 'renew', plan: MONTH }, new Date(now)).period;
  const last = end('2026-12-01T04:59:59Z');
  assert.equal(last?.anchorDay, 30);
  assert.deepEqual(last?.paidUntil, new Date('2026-12-31T05:00:00Z'));
  const first = end('2026-12-01T05:00:00Z');
  assert.equal(first?.anchorDay, 1);
  assert.deepEqual(first?.paidUntil, new Date('2027-01-02T05:00:00Z'));
});

test('a day plan lasts its hours, across the change of clocks [BUY-1]', () => {
  const day = examplePlan({ code: 'day', period: { unit: 'day', count: 1 } });
  const effect = decide(lapsedState('expired'), { kind: 'renew', plan: day }, new Date('2026-10-31T16:00:00Z'));
  assert.deepEqual(effect.period?.paidUntil, new Date('2026-11-01T16:00:00Z'));
});

test('changed now, a full period starts now with a new anchor [BUY-3]', () => {
  const effect = decide(exampleState(), { kind: 'change', plan: BIG });
  assert.equal(effect.rule, 'change_now');
  assert.deepEqual(effect.period, { planCode: 'month-10gb', planVersion: 1, anchorDay: 2, startedAt: NOW, paidUntil: endOf('2026-12-03') });
});

test('queued, it is usable from the present end and keeps its anchor [BUY-3]', () => {
  const effect = decide(exampleState(), { kind: 'queue', plan: BIG, startRule: 'at_end' });
  assert.equal(effect.rule, 'queue_at_end');
  assert.equal(effect.period, undefined);
  assert.deepEqual([effect.usableFrom, effect.usableUntil], [endOf('2026-11-16'), endOf('2026-12-16')]);
  assert.equal(effect.replenishes, false);
});

test('a second queued plan follows the first [BUY-3]', () => {
  const effect = decide(exampleState({}, [exampleQueued()]), { kind: 'queue', plan: BIG, startRule: 'at_end' });
  assert.deepEqual([effect.usableFrom, effect.usableUntil], [endOf('2026-12-16'), endOf('2027-01-16')]);
});

test('queued for exhaustion it waits; on a line that has run dry it starts now [BUY-3]', () => {
  const queue: Purchase = { kind: 'queue', plan: BIG, startRule: 'on_exhaustion' };
  assert.equal(decide(exampleState(), queue).rule, 'queue_on_exhaustion');
  for (const state of ['throttled', 'stopped'] as const) assert.equal(decide(exampleState({ state }), queue).rule, 'change_now');
  assert.equal(decide(exampleState({ state: 'throttled' }, [exampleQueued()]), queue).rule, 'queue_on_exhaustion');
});

test('renewed early, the plans that wait move behind the new end, each with its whole period [BUY-3]', () => {
  const second = exampleQueued({ orderId: 901n, startsAt: endOf('2026-12-16'), endsAt: endOf('2027-01-16') });
  const effect = decide(exampleState({}, [exampleQueued(), second]), { kind: 'renew', plan: MONTH });
  assert.deepEqual(
    effect.redated.map((plan) => [plan.orderId, plan.startsAt, plan.endsAt]),
    [
      [900n, endOf('2026-12-16'), endOf('2027-01-16')],
      [901n, endOf('2027-01-16'), endOf('2027-02-16')],
    ],
  );
});

test('redating keeps order, number and whole periods, and begins at the end it follows', () => {
  const moved = redate([exampleQueued(), exampleQueued({ periodUnit: 'day', periodCount: 3 })], NOW, MARKET.zone);
  assert.deepEqual(moved[0]?.startsAt, NOW);
  assert.deepEqual(moved[1]?.startsAt, moved[0]?.endsAt);
  assert.equal((moved[1]?.endsAt.getTime() ?? 0) - (moved[1]?.startsAt.getTime() ?? 0), 3 * 86_400_000);
});

test('a pack is usable at once for its own validity and leaves plan and period alone [BUY-1]', () => {
  const effect = decide(exampleState(), { kind: 'pack', pack: examplePack() });
  assert.deepEqual([effect.rule, effect.period, effect.usableFrom, effect.usableUntil], ['pack_now', undefined, NOW, daysFromNow(7)]);
  assert.equal(effect.replenishes, true);
});

test('only full-speed data replenishes a line that ran dry [LIFE-1]', () => {
  const [data] = MONTH.parts;
  assert.ok(data);
  const slow = examplePack({ parts: [{ ...data, fullSpeedCap: 0n }] });
  const voice = examplePack({ parts: [{ ...data, service: 'voice', quantity: 60n }] });
  const zeroRated = examplePack({ parts: [{ ...data, zeroRated: true }] });
  for (const pack of [slow, voice, zeroRated])
    assert.equal(decide(exampleState({ state: 'throttled' }), { kind: 'pack', pack }).replenishes, false);
});

test('a top-up keeps a pay-as-you-go line alive for the days the market says, and brings a lapsed one back [LIFE-2]', () => {
  for (const state of [exampleState({ planCode: 'payg', paidUntil: daysFromNow(3), anchorDay: null }), lapsedState('suspended')]) {
    const effect = decide(state, { kind: 'top_up' }, NOW, PAY_AS_YOU_GO);
    assert.deepEqual(effect.period?.paidUntil, daysFromNow(90));
    assert.equal(effect.period?.planCode, 'payg');
  }
});

test('a top-up never shortens what a pay-as-you-go line has already [BUY-2]', () => {
  const market = { ...MARKET, lifecycle: { ...MARKET.lifecycle, payAsYouGoDays: 30 } };
  const state = exampleState({ planCode: 'payg', planVersion: 1, paidUntil: daysFromNow(80), anchorDay: null });
  const effect = decidePurchase(state, { kind: 'top_up' }, { market, present: PAY_AS_YOU_GO, now: NOW });
  assert.ok(!isRefusal(effect));
  assert.deepEqual(effect.period?.paidUntil, daysFromNow(80));
});

test('a top-up leaves the period of a plan alone [BUY-2]', () => {
  const effect = decide(exampleState(), { kind: 'top_up' });
  assert.deepEqual([effect.period, effect.usableFrom, effect.usableUntil], [undefined, null, null]);
  assert.equal(effect.replenishes, false);
});

test('money brings back a line that stopped only where the plan takes money when data is gone [LIFE-1]', () => {
  const goesOn = examplePlan({ exhaustion: { kind: 'pay_as_you_go' } });
  assert.equal(decide(exampleState({ state: 'stopped' }), { kind: 'top_up' }, NOW, goesOn).replenishes, true);
  assert.equal(
    decide(exampleState({ state: 'stopped' }), { kind: 'top_up' }, NOW, examplePlan({ exhaustion: { kind: 'stop' } })).replenishes,
    false,
  );
});

test('changed to pay as you go, the line lives for the days of the market [BUY-1]', () => {
  const effect = decide(exampleState(), { kind: 'change', plan: PAY_AS_YOU_GO });
  assert.deepEqual([effect.period?.paidUntil, effect.period?.anchorDay], [daysFromNow(90), null]);
});

test('what cannot be is refused: nothing for a lost number, no period of pay as you go, nothing to follow, no pack without a plan [BUY-3]', () => {
  const queue = (plan = BIG): Purchase => ({ kind: 'queue', plan, startRule: 'at_end' });
  const pack: Purchase = { kind: 'pack', pack: examplePack() };
  const pending = exampleState({ state: 'pending', paidUntil: null, anchorDay: null, periodStartedAt: null });
  for (const purchase of [{ kind: 'renew', plan: MONTH }, { kind: 'change', plan: BIG }, queue(), pack, { kind: 'top_up' }] as const)
    assert.equal(refusalOf(lapsedState('lost'), purchase), 'lines.number_lost');
  assert.equal(refusalOf(exampleState(), { kind: 'renew', plan: PAY_AS_YOU_GO }), 'lines.plan_has_no_period');
  assert.equal(refusalOf(exampleState(), queue(PAY_AS_YOU_GO)), 'lines.plan_has_no_period');
  for (const state of [lapsedState('expired'), pending, exampleState({ planCode: 'payg', anchorDay: null })])
    assert.equal(refusalOf(state, queue()), 'lines.nothing_to_follow');
  for (const state of [lapsedState('expired'), lapsedState('suspended'), lapsedState('parked'), pending])
    assert.equal(refusalOf(state, pack), 'lines.pack_needs_plan');
});

test('whatever is bought, nothing that was paid ends earlier than before [BUY-3]', () => {
  const purchases: Purchase[] = [
    { kind: 'renew', plan: MONTH },
    { kind: 'queue', plan: BIG, startRule: 'at_end' },
    { kind: 'queue', plan: BIG, startRule: 'on_exhaustion' },
    { kind: 'pack', pack: examplePack() },
    { kind: 'top_up' },
  ];
  for (let day = 0; day < 14; day += 1)
    for (const purchase of purchases) {
      const now = daysFromNow(day);
      const state = exampleState({}, [exampleQueued()]);
      const effect = decide(state, purchase, now);
      const end = effect.period?.paidUntil ?? state.line.paidUntil;
      assert.ok(end !== null && state.line.paidUntil !== null && end >= state.line.paidUntil, purchase.kind);
      for (const moved of effect.redated) assert.ok(moved.endsAt >= exampleQueued().endsAt, purchase.kind);
    }
});
