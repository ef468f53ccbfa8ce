import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attempt } from '#domain/payments';
import { present } from '#platform/assert';
import {
  activeLine,
  actOnPage,
  attemptsNow,
  BALANCE,
  cardNumber,
  comeBack,
  fillBalance,
  newLine,
  order,
  orderNow,
  PACK,
  RENEW,
  runJanitor,
  testHouse,
  visitPage,
} from '#tests/house';
import { stagesOf } from './order-stages.ts';
import { declineOf, pageOf, presentAttempt, standingOf } from './order-standing.ts';

const AT = new Date('2026-11-02T17:00:00Z');
const later = (ms: number) => new Date(AT.getTime() + ms);
const NOBODY: Parameters<typeof stagesOf>[3] = { grantedAt: null, isOpen: false };

test('an order stands as its payment does: open, declined on its page, paid; and says why [PAY-5]', async (t) => {
  const tested = await testHouse(t);
  const paying = await order(tested, await newLine(tested), [RENEW]);
  const look = async () => {
    const attempts = await attemptsNow(tested, paying.order);
    return {
      standing: standingOf(await orderNow(tested, paying.order), attempts),
      attempt: present(presentAttempt(attempts), 'it is being paid'),
    };
  };
  const open = await look();
  assert.deepEqual([open.standing, pageOf(open.attempt)], ['awaiting_payment', paying.page]);
  await visitPage(paying, 'expired');
  await comeBack(tested, paying);
  const declined = await look();
  assert.deepEqual([declined.standing, declineOf(declined.attempt), pageOf(declined.attempt)], ['declined', 'expired_card', paying.page]);
  await actOnPage(paying, { card: cardNumber('good') });
  await comeBack(tested, paying);
  const paid = await look();
  assert.deepEqual([paid.standing, pageOf(paid.attempt)], ['delivered', undefined]);
});

test('an order that nobody pays ends as expired, and its page is told to have closed', async (t) => {
  const tested = await testHouse(t);
  const paying = await order(tested, await newLine(tested), [RENEW]);
  tested.clock.advance(46 * 60_000);
  for (let round = 0; round < 3; round += 1) await runJanitor(tested);
  const attempts = await attemptsNow(tested, paying.order);
  assert.equal(standingOf(await orderNow(tested, paying.order), attempts), 'expired');
  assert.equal(declineOf(present(attempts[0], 'there was an attempt')), 'page_expired');
});

test('an order held from the balance is paid before it is applied', async (t) => {
  const tested = await testHouse(t);
  const line = await activeLine(tested);
  await fillBalance(tested, line, 5000n);
  const { order: bought } = await order(tested, line, [PACK], { way: BALANCE });
  assert.equal(standingOf(bought, []), 'delivered');
  assert.equal(standingOf({ state: 'placed', tender: 'balance', reason: null }, []), 'paid');
});

test('every state of an attempt says one thing; what was superseded says nothing beside another', () => {
  const placed = { state: 'placed', tender: 'provider', reason: null } as const;
  const page = { pageUrl: 'https://pay.example/1', authenticationUrl: null, declineReason: null, supersededAt: null };
  const attempt = (over: Partial<Attempt>) => ({ ...page, ...over }) as Attempt;
  const said = (...attempts: Attempt[]) => standingOf(placed, attempts);
  assert.equal(said(), 'awaiting_payment');
  assert.equal(said(attempt({ state: 'started' })), 'awaiting_payment');
  assert.equal(said(attempt({ state: 'pending' })), 'awaiting_payment');
  assert.equal(said(attempt({ state: 'pending', pageUrl: null, authenticationUrl: 'https://bank.example' })), 'awaiting_payment');
  assert.equal(said(attempt({ state: 'pending', pageUrl: null })), 'payment_unknown');
  assert.equal(said(attempt({ state: 'unknown' })), 'payment_unknown');
  assert.equal(said(attempt({ state: 'not_attempted' })), 'declined');
  assert.equal(said(attempt({ state: 'declined' }), attempt({ state: 'unknown', supersededAt: AT })), 'declined');
});

test('each stage has the time it really took, and the running one counts on [FX-2]', () => {
  const order = { beganAt: AT, paidAt: later(31_200), appliedAt: later(31_240) };
  const notice = (state: string, ms: number | null) => ({ kind: 'orders.applied', state, endedAt: ms === null ? null : later(ms) });
  const seen = (notices: Parameters<typeof stagesOf>[2], network = NOBODY) =>
    stagesOf(order, 'delivered', notices, network, later(40_000)).map(({ state, ms }) => [state, ms]);
  assert.deepEqual(seen([]), [
    ['done', 31_200],
    ['done', 40],
    ['running', 8_760],
    ['idle', undefined],
  ]);
  assert.deepEqual(seen([notice('waiting', null), notice('kept', 32_000), notice('sent', 33_000)]).at(2), ['done', 760]);
  assert.deepEqual(seen([notice('failed', 32_000), notice('withdrawn', 32_000)]).at(2), ['failed', undefined]);
  const waiting = { beganAt: AT, paidAt: null, appliedAt: null };
  assert.deepEqual(
    stagesOf(waiting, 'payment_unknown', [], NOBODY, later(500)).map(({ state, ms }) => [state, ms]),
    [
      ['running', 500],
      ['waiting', undefined],
      ['waiting', undefined],
      ['waiting', undefined],
    ],
  );
  assert.deepEqual(
    stagesOf(waiting, 'awaiting_payment', [], NOBODY, later(500)).map(({ state }) => state),
    ['waiting', 'waiting', 'waiting', 'waiting'],
  );
  assert.deepEqual(
    stagesOf(waiting, 'declined', [], NOBODY, later(500)).map(({ state }) => state),
    ['failed', 'failed', 'failed', 'failed'],
  );
});

test('the network confirms so long after the payment; whom nobody asks for, or not in time, is not waited for [FX-2]', () => {
  const order = { beganAt: AT, paidAt: later(31_200), appliedAt: later(31_240) };
  const seen = (network: Parameters<typeof stagesOf>[3], ms: number) => {
    const { stage, state, ms: took } = stagesOf(order, 'delivered', [], network, later(ms)).at(-1) ?? assert.fail();
    return [stage, state, took];
  };
  const asking = { grantedAt: null, isOpen: true };
  assert.deepEqual(seen(asking, 32_000), ['confirmed', 'running', 800]);
  assert.deepEqual(seen({ ...asking, grantedAt: later(31_600) }, 40_000), ['confirmed', 'done', 400]);
  assert.deepEqual(seen({ grantedAt: later(31_600), isOpen: false }, 900_000), ['confirmed', 'done', 400]);
  assert.deepEqual(seen(NOBODY, 32_000), ['confirmed', 'idle', undefined]);
  assert.deepEqual(seen(asking, 31_240 + 120_000), ['confirmed', 'idle', undefined]);
});
