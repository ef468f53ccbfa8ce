import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { type Guest, guest } from './guest.ts';
import { LINES_OF } from './house.ts';
import { choose, goToPayment, lineOf, openLine, useCard, waitUntilDone } from './steps.ts';

async function buy(somebody: Guest, number: string, item: string): Promise<void> {
  await openLine(somebody, number);
  await somebody.look();
  await choose(somebody, item);
  await goToPayment(somebody);
  await useCard(somebody, 'good');
  await waitUntilDone(somebody);
}

test('a throttled line buys a pack and is back at full speed, its end unmoved [LIFE-1, BUY-1, FX-1]', { skip: skipReason }, async (t) => {
  const somebody = await guest(t);
  const number = LINES_OF.throttled;
  const before = await lineOf(somebody.house, number);
  assert.equal(before.state.line.state, 'throttled');
  await buy(somebody, number, 'pack:pack-1gb');
  const after = await lineOf(somebody.house, number);
  assert.deepEqual([after.state.line.state, after.summary.data.speed], ['active', 'full']);
  assert.equal(BigInt(after.summary.data.left ?? 0), 1_000_000_000n);
  assert.equal(after.state.line.paidUntil, before.state.line.paidUntil);
});

test('a line whose data stopped is renewed and goes on at once [LIFE-1, FX-1]', { skip: skipReason }, async (t) => {
  const somebody = await guest(t);
  const number = LINES_OF.stopped;
  assert.equal((await lineOf(somebody.house, number)).state.line.state, 'stopped');
  await buy(somebody, number, 'renew');
  const after = await lineOf(somebody.house, number);
  assert.deepEqual([after.state.line.state, after.summary.data.speed], ['active', 'full']);
});

for (const state of ['expired', 'suspended'] as const) {
  test(`a line that is ${state} is renewed by number alone and is back, its period starting when it is paid [LIFE-2, BUY-3, FX-1]`, {
    skip: skipReason,
  }, async (t) => {
    const somebody = await guest(t);
    const number = LINES_OF[state];
    const before = await lineOf(somebody.house, number);
    assert.equal(before.state.line.state, state);
    await buy(somebody, number, 'renew');
    const after = await lineOf(somebody.house, number);
    assert.equal(after.state.line.state, 'active');
    const days = (Date.parse(after.state.line.paidUntil ?? '') - Date.now()) / 86_400_000;
    assert.ok(days > 27 && days < 32, `it ends a month from now, not in ${days} days`);
  });
}
