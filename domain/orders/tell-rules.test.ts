import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type NumberClaim, presentPlan } from '#domain/lines';
import { money } from '#domain/money';
import { present } from '#platform/assert';
import { sayLoosely } from '#platform/messages';
import { activeLine, GUEST, newLine, newPerson, PACK, quote, RENEW, stateOf, type TestHouse, testHouse, topUp } from '#tests/house';
import type { ItemRequest, Quote } from './order.ts';
import { type Sentence, tellRules } from './tell-rules.ts';

async function telling(tested: TestHouse, line: NumberClaim, { content }: Quote, isKnown: boolean) {
  const state = await stateOf(tested, line);
  const now = tested.clock.business();
  const plan = presentPlan(tested.catalog, state);
  const known = isKnown ? { state, balance: money('USD', 250n) } : undefined;
  return tellRules(tested.house, content, { language: 'en', now, lastPaidAt: state.line.lastPaidAt, plan, known });
}

const keys = (sentences: readonly Sentence[]) => sentences.map(({ key }) => key);

test('the owner is told each rule with its dates before paying [BUY-3]', async (t) => {
  const tested = await testHouse(t);
  const line = await activeLine(tested);
  const owner = await newPerson(tested, line);
  const told = async (item: ItemRequest) => keys((await telling(tested, line, await quote(tested, line, [item], owner), true)).changes);
  const after = ['rule.exhausted_throttle', 'rule.refund_if_moved'];
  assert.deepEqual(await told(RENEW), ['rule.renew_now', 'rule.forfeited', ...after]);
  assert.deepEqual(await told({ kind: 'change', product: 'month-unlimited' }), ['rule.change_now', 'rule.forfeited', ...after]);
  assert.deepEqual(await told({ kind: 'change', product: 'payg' }), [
    'rule.change_now_without_end',
    'rule.exhausted_pay_as_you_go',
    'rule.refund_if_moved',
  ]);
  assert.deepEqual(await told({ kind: 'queue', product: 'month-5gb', startRule: 'at_end' }), [
    'rule.queue_at_end',
    'rule.forfeited',
    ...after,
  ]);
  assert.deepEqual(await told({ kind: 'queue', product: 'month-5gb', startRule: 'on_exhaustion' }), [
    'rule.queue_on_exhaustion',
    'rule.forfeited',
    ...after,
  ]);
  assert.deepEqual(await told(PACK), ['rule.pack_now', 'rule.forfeited', 'rule.refund_if_moved']);
  assert.deepEqual(await told(topUp(1000n)), ['rule.top_up_now', 'rule.tax_at_load', 'rule.refund_if_moved']);
});

test('a guest is told the same rules without the line’s end or balance [BUY-3, ID-6]', async (t) => {
  const tested = await testHouse(t);
  const line = await activeLine(tested);
  const quoted = await quote(tested, line, [RENEW, PACK, topUp(1000n)], GUEST);
  const { changes } = await telling(tested, line, quoted, false);
  assert.deepEqual(keys(changes), [
    'web.guest.renew',
    'web.guest.pack',
    'web.guest.top_up',
    'rule.exhausted_throttle',
    'rule.tax_at_load',
    'rule.refund_if_moved',
  ]);
  assert.ok(changes.every(({ values }) => Object.values(values).every((value) => !(value instanceof Date))));
});

test('a first period, a waiting plan that moves, and money that buys time are told as such [BUY-3]', async (t) => {
  const tested = await testHouse(t);
  const fresh = await newLine(tested);
  assert.equal(keys((await telling(tested, fresh, await quote(tested, fresh, [RENEW]), true)).changes)[0], 'rule.first_period');
  const payg = await newLine(tested, { plan: 'payg' });
  const { changes } = await telling(tested, payg, await quote(tested, payg, [topUp(1000n)]), false);
  assert.deepEqual(changes[0], { key: 'rule.top_up_extends', values: { amount: money('USD', 1000n), days: 90 } });
});

test('a renewal paid a moment ago is warned of, and every sentence is whole in every language [BUY-3]', async (t) => {
  const tested = await testHouse(t);
  const line = await activeLine(tested);
  tested.clock.advance(61_000);
  const { changes, warnings } = await telling(tested, line, await quote(tested, line, [RENEW]), true);
  assert.deepEqual(present(warnings[0], 'it is warned of').values['minutes'], 1);
  for (const language of ['en', 'es', 'zh-Hans', 'zh-Hant'] as const)
    for (const { key, values } of [...changes, ...warnings])
      assert.doesNotMatch(sayLoosely(language, key, { zone: 'America/New_York', ...values }), /[{}]|undefined|Invalid/);
});
