import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Allowance, UseContext } from './allowance.ts';
import { daysFromNow, exampleAllowance, LINE, NOW, OTHER_LINE, plainContext, throttlingContext } from './example-allowances.ts';
import { moved, shareOf } from './line-share.ts';
import { orderOfUse } from './order-of-use.ts';
import { splitUse } from './split-use.ts';

const idsInOrder = (allowances: readonly Allowance[], context: UseContext = plainContext) =>
  orderOfUse(allowances, context).map((portion) => portion.allowance.allowanceId);

test('after a renewal the old allowance keeps its own end and is used first [BUY-3]', () => {
  const renewed = exampleAllowance({ allowanceId: 1n, validUntil: daysFromNow(60) });
  const old = exampleAllowance({ allowanceId: 2n, validUntil: daysFromNow(3) });
  assert.deepEqual(idsInOrder([renewed, old]), [2n, 1n]);
});

test('what is zero-rated is used first, whatever it is next to', () => {
  const specific = exampleAllowance({ allowanceId: 1n, service: 'data.care', zone: 'home', validUntil: daysFromNow(1) });
  const zeroRated = exampleAllowance({ allowanceId: 2n, service: 'data', zeroRated: true, granted: null });
  assert.deepEqual(idsInOrder([specific, zeroRated], { ...plainContext, service: 'data.care' }), [2n, 1n]);
});

test('a pack bought by a throttled customer is used before the throttled remainder [LIFE-1]', () => {
  const spentPlan = exampleAllowance({ allowanceId: 1n, granted: null, fullSpeedCap: 500n, used: 500n, validUntil: daysFromNow(2) });
  const pack = exampleAllowance({ allowanceId: 2n, validUntil: daysFromNow(30) });
  const ordered = orderOfUse([spentPlan, pack], throttlingContext);
  assert.deepEqual(
    ordered.map((portion) => [portion.allowance.allowanceId, portion.speed, portion.left]),
    [
      [2n, 'full', 1000n],
      [1n, 'throttled', null],
    ],
  );
});

test('one allowance stands at full speed in its place and with its throttled remainder behind everything', () => {
  const plan = exampleAllowance({ allowanceId: 1n, granted: null, fullSpeedCap: 500n, used: 200n, validUntil: daysFromNow(2) });
  const pack = exampleAllowance({ allowanceId: 2n });
  assert.deepEqual(
    orderOfUse([plan, pack], throttlingContext).map((portion) => [portion.allowance.allowanceId, portion.speed, portion.left]),
    [
      [1n, 'full', 300n],
      [2n, 'full', 1000n],
      [1n, 'throttled', null],
    ],
  );
});

test('a throttled remainder is usable only while the present plan throttles [LIFE-1]', () => {
  const plan = exampleAllowance({ granted: null, fullSpeedCap: 500n, used: 500n });
  const alwaysSlow = exampleAllowance({ allowanceId: 2n, granted: null, fullSpeedCap: 0n });
  assert.equal(orderOfUse([plan, alwaysSlow], throttlingContext).length, 2);
  assert.deepEqual(orderOfUse([plan, alwaysSlow], plainContext), []);
  assert.deepEqual(orderOfUse([plan, alwaysSlow], { ...plainContext, policy: { exhaustion: 'pay_as_you_go' } }), []);
});

test('a zero-rated allowance is usable under every policy, also past its full-speed cap', () => {
  const slowCare = exampleAllowance({ service: 'data.care', zeroRated: true, granted: null, fullSpeedCap: 0n });
  assert.deepEqual(idsInOrder([slowCare], { ...plainContext, service: 'data.care' }), [1n]);
});

test('the more specific service goes first, then the more specific zone', () => {
  const any = exampleAllowance({ allowanceId: 1n, validUntil: daysFromNow(1) });
  const home = exampleAllowance({ allowanceId: 2n, zone: 'home' });
  const video = exampleAllowance({ allowanceId: 3n, service: 'data.video' });
  const videoAtHome = exampleAllowance({ allowanceId: 4n, service: 'data.video', zone: 'home' });
  assert.deepEqual(idsInOrder([any, home, video, videoAtHome], { ...plainContext, service: 'data.video' }), [4n, 3n, 2n, 1n]);
});

test('an allowance serves its own service, zone and line only', () => {
  const usable = (over: Partial<Allowance>, context: Partial<UseContext> = {}) =>
    orderOfUse([exampleAllowance(over)], { ...plainContext, ...context }).length === 1;
  assert.ok(usable({}, { service: 'data.video' }));
  assert.ok(!usable({ service: 'data.video' }, { service: 'data' }));
  assert.ok(!usable({ service: 'data.video' }, { service: 'data.videos' }));
  assert.ok(!usable({ service: 'voice' }));
  assert.ok(!usable({ zone: 'europe' }));
  assert.ok(usable({ zone: 'europe' }, { zone: 'europe' }));
  assert.ok(!usable({ lineId: OTHER_LINE }));
  assert.ok(usable({ lineId: null }));
});

test('what stands apart in the plan is served only by allowances that name it [BUY-6]', () => {
  const data = exampleAllowance({ allowanceId: 1n });
  const free = exampleAllowance({ allowanceId: 2n, zeroRated: true, granted: null });
  const hotspot = exampleAllowance({ allowanceId: 3n, service: 'data.hotspot' });
  const tablet = exampleAllowance({ allowanceId: 4n, service: 'data.hotspot.tablet' });
  const all = [data, free, hotspot, tablet];
  const used = (service: UseContext['service'], apart?: UseContext['policy']['apart']) =>
    idsInOrder(all, { ...plainContext, service, policy: { exhaustion: 'stop', ...(apart === undefined ? {} : { apart }) } });
  assert.deepEqual(used('data.hotspot'), [2n, 3n, 1n]);
  assert.deepEqual(used('data.hotspot', ['data.hotspot']), [3n]);
  assert.deepEqual(used('data.hotspot.tablet', ['data.hotspot']), [4n, 3n], 'nor is a class of it');
  assert.deepEqual(used('data', ['data.hotspot']), [2n, 1n], 'what is used otherwise is as ever');
  assert.deepEqual(used('data.video', ['data.hotspot']), [2n, 1n]);
  assert.deepEqual(used('data.hotspot', []), used('data.hotspot'));
});

test('minutes do not cover calls abroad; those for all abroad cover each country [BUY-1]', () => {
  const national = exampleAllowance({ allowanceId: 1n, service: 'voice' });
  const abroad = exampleAllowance({ allowanceId: 2n, service: 'voice_abroad' });
  const mexico = exampleAllowance({ allowanceId: 3n, service: 'voice_abroad.mx' });
  const used = (service: UseContext['service']) => idsInOrder([national, abroad, mexico], { ...plainContext, service });
  assert.deepEqual(used('voice'), [1n]);
  assert.deepEqual(used('voice_abroad.mx'), [3n, 2n]);
  assert.deepEqual(used('voice_abroad.cn'), [2n]);
  assert.deepEqual(used('message_abroad.mx'), []);
});

test('own goes before shared, unless the plan says that shared goes first [SIM-4]', () => {
  const shared = exampleAllowance({ allowanceId: 1n, lineId: null, validUntil: daysFromNow(1) });
  const own = exampleAllowance({ allowanceId: 2n });
  assert.deepEqual(idsInOrder([shared, own]), [2n, 1n]);
  assert.deepEqual(idsInOrder([shared, own], { ...plainContext, policy: { exhaustion: 'stop', sharedFirst: true } }), [1n, 2n]);
});

test('a capped line may take of what is shared what its cap leaves it, others all there is [SIM-4]', () => {
  const shared = exampleAllowance({ lineId: null, used: 300n, reserved: 100n, shares: [LINE, 250n, 120n, 30n] });
  const left = (lineId: bigint, over: Partial<Allowance> = {}) =>
    orderOfUse([{ ...shared, ...over }], { ...plainContext, lineId }).map((portion) => portion.left);
  assert.deepEqual(left(LINE), [100n]);
  assert.deepEqual(left(OTHER_LINE), [600n]);
  assert.deepEqual(left(LINE, { used: 850n }), [50n], 'a cap promises nothing that is not there');
  assert.deepEqual(left(LINE, { granted: null }), [100n], 'nor is a cap of what is unlimited unlimited');
  assert.deepEqual(left(LINE, { shares: [OTHER_LINE, 1n, 0n, 0n, LINE, 250n, 220n, 30n] }), [], 'what it holds counts');
  assert.deepEqual(left(LINE, { shares: [LINE, 100n, 120n, 30n] }), [], 'a cap may have been lowered below what was used');
});

test('what is throttled counts against a cap as what is not [SIM-4]', () => {
  const shared = exampleAllowance({ lineId: null, granted: null, fullSpeedCap: 300n, used: 200n, shares: [LINE, 250n, 0n, 0n] });
  assert.deepEqual(
    orderOfUse([shared], throttlingContext).map(({ speed, left }) => [speed, left]),
    [
      ['full', 100n],
      ['throttled', 150n],
    ],
  );
});

test('among equals the soonest end, then the oldest, then the lower id goes first', () => {
  const [a, b, c, d] = [
    exampleAllowance({ allowanceId: 4n, validUntil: daysFromNow(5) }),
    exampleAllowance({ allowanceId: 3n, createdAt: daysFromNow(-9) }),
    exampleAllowance({ allowanceId: 1n }),
    exampleAllowance({ allowanceId: 2n }),
  ];
  assert.deepEqual(idsInOrder([d, c, b, a]), [4n, 3n, 1n, 2n]);
});

test('an allowance is usable from its first millisecond to the one before its end [LIFE-2]', () => {
  const allowance = exampleAllowance({ validFrom: NOW, validUntil: daysFromNow(1) });
  const usableAt = (ms: number) => orderOfUse([allowance], { ...plainContext, now: new Date(ms) }).length === 1;
  assert.ok(!usableAt(NOW.getTime() - 1));
  assert.ok(usableAt(NOW.getTime()));
  assert.ok(usableAt(daysFromNow(1).getTime() - 1));
  assert.ok(!usableAt(daysFromNow(1).getTime()));
});

test('what is used up, reserved, forfeited or withdrawn is not in the order', () => {
  assert.deepEqual(orderOfUse([exampleAllowance({ used: 400n, reserved: 300n, forfeited: 300n })], plainContext), []);
  assert.deepEqual(orderOfUse([exampleAllowance({ withdrawnAt: NOW })], plainContext), []);
});

const anyAllowance: fc.Arbitrary<Allowance> = fc
  .record({
    allowanceId: fc.bigInt(1n, 40n),
    lineId: fc.constantFrom(LINE, null),
    service: fc.constantFrom('data' as const, 'data.video' as const, 'data.video.live' as const),
    zone: fc.constantFrom('any', 'home'),
    zeroRated: fc.boolean(),
    granted: fc.option(fc.bigInt(0n, 50n)),
    fullSpeedCap: fc.option(fc.bigInt(0n, 50n)),
    used: fc.bigInt(0n, 50n),
    validUntil: fc.integer({ min: -1, max: 3 }).map(daysFromNow),
    createdAt: fc.integer({ min: -3, max: -1 }).map(daysFromNow),
  })
  .map((over) => exampleAllowance({ ...over, used: over.granted !== null && over.used > over.granted ? over.granted : over.used }));
const someAllowances = fc.uniqueArray(anyAllowance, { selector: (allowance) => allowance.allowanceId, maxLength: 12 });
const anyContext = fc.record({
  exhaustion: fc.constantFrom('stop' as const, 'throttle' as const, 'pay_as_you_go' as const),
  sharedFirst: fc.boolean(),
  service: fc.constantFrom('data' as const, 'data.video' as const, 'data.video.live' as const),
});
const contextOf = ({ exhaustion, sharedFirst, service }: typeof anyContext extends fc.Arbitrary<infer T> ? T : never): UseContext => ({
  ...plainContext,
  service,
  policy: { exhaustion, sharedFirst },
});

test('the order of use is total: however the allowances are shuffled, it is the same', () => {
  const shuffled = someAllowances.chain((allowances) =>
    fc.tuple(fc.constant(allowances), fc.shuffledSubarray(allowances, { minLength: allowances.length, maxLength: allowances.length })),
  );
  fc.assert(
    fc.property(shuffled, anyContext, ([allowances, other], policy) => {
      assert.deepEqual(orderOfUse(other, contextOf(policy)), orderOfUse(allowances, contextOf(policy)));
    }),
  );
});

test('leaving one allowance out never changes the order of the others', () => {
  fc.assert(
    fc.property(someAllowances, anyContext, fc.nat(11), (allowances, policy, place) => {
      const without = allowances.filter((_, index) => index !== place);
      const left = allowances[place];
      const expected = orderOfUse(allowances, contextOf(policy)).filter((portion) => portion.allowance !== left);
      assert.deepEqual(orderOfUse(without, contextOf(policy)), expected);
    }),
  );
});

test('nothing is taken at throttled speed while anything at full speed is left', () => {
  fc.assert(
    fc.property(someAllowances, anyContext, fc.bigInt(0n, 200n), (allowances, policy, quantity) => {
      const billed = allowances.filter((allowance) => !allowance.zeroRated);
      const ordered = orderOfUse(billed, contextOf(policy));
      const fullSpeed = ordered.filter((portion) => portion.speed === 'full').map((portion) => portion.left);
      const split = splitUse(ordered, quantity);
      if (split.throttled > 0n)
        assert.equal(
          split.fullSpeed,
          fullSpeed.reduce<bigint>((sum, left) => sum + (left ?? 0n), 0n),
        );
    }),
  );
});

test('any split of a use into reports takes the same from each allowance', () => {
  const reports = fc.array(fc.bigInt(0n, 60n), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(someAllowances, anyContext, reports, (allowances, policy, quantities) => {
      const context = contextOf(policy);
      const whole = take(allowances, context, [quantities.reduce((sum, quantity) => sum + quantity, 0n)]);
      assert.deepEqual(take(allowances, context, quantities), whole);
    }),
  );
});

function take(allowances: readonly Allowance[], context: UseContext, quantities: readonly bigint[]) {
  let now = allowances;
  const sum = { fullSpeed: 0n, throttled: 0n, uncovered: 0n };
  for (const quantity of quantities) {
    const split = splitUse(orderOfUse(now, context), quantity);
    const taken = new Map(split.pairs.map((pair) => [pair.allowanceId, pair.quantity]));
    assert.equal(split.fullSpeed + split.throttled + split.uncovered, quantity);
    now = now.map((allowance) => ({ ...allowance, used: allowance.used + (taken.get(allowance.allowanceId) ?? 0n) }));
    for (const part of ['fullSpeed', 'throttled', 'uncovered'] as const) sum[part] += split[part];
  }
  return { used: now.map((allowance) => allowance.used), ...sum };
}

test('however a family uses what it shares, a capped line takes no more than its cap and what it used counts once [SIM-4]', () => {
  const anyUse = fc.record({ lineId: fc.constantFrom(LINE, OTHER_LINE), quantity: fc.bigInt(0n, 60n) });
  const granted = fc.option(fc.bigInt(0n, 100n));
  fc.assert(
    fc.property(fc.bigInt(0n, 80n), granted, anyContext, fc.array(anyUse, { maxLength: 8 }), (cap, of, policy, uses) => {
      const fresh = exampleAllowance({ lineId: null, granted: of, shares: [LINE, cap, 0n, 0n] });
      const takenBy = { [`${LINE}`]: 0n, [`${OTHER_LINE}`]: 0n };
      const last = uses.reduce((allowance, { lineId, quantity }) => {
        const { fullSpeed } = splitUse(orderOfUse([allowance], { ...contextOf(policy), lineId }), quantity);
        takenBy[`${lineId}`] = (takenBy[`${lineId}`] ?? 0n) + fullSpeed;
        return moved(allowance, lineId, { used: fullSpeed, reserved: 0n });
      }, fresh);
      const share = shareOf(last, LINE);
      assert.deepEqual(share, { cap, used: takenBy[`${LINE}`], reserved: 0n });
      assert.ok(share !== undefined && share.used <= cap);
      assert.equal(last.used, (takenBy[`${LINE}`] ?? 0n) + (takenBy[`${OTHER_LINE}`] ?? 0n));
      const others = splitUse(orderOfUse([last], { ...contextOf(policy), lineId: OTHER_LINE }), 1_000n).fullSpeed;
      assert.equal(others, of === null ? 1_000n : of - last.used, 'the others may use all the rest');
    }),
  );
});
