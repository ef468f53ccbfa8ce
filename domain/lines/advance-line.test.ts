import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DAY_MS } from '#platform/clock';
import { type Advanced, advanceLine } from './advance-line.ts';
import { exampleQueued, exampleState, lapsedState, MARKET } from './example-line.ts';
import type { LineWithQueue } from './line.ts';

const END = new Date('2026-11-16T05:00:00Z');
const fromEnd = (days: number, ms = 0): Date => new Date(END.getTime() + days * DAY_MS + ms);
const advance = (state: LineWithQueue, now: Date): Advanced => advanceLine(state, MARKET, now);
const told = ({ news }: Advanced): string[] => news.map(({ kind, at }) => `${kind} ${at.toISOString()}`);

test('nothing happens before it is due, and everything at the instant it is [LIFE-2]', () => {
  assert.equal(advance(exampleState({ remindedEndingDays: 1 }), fromEnd(0, -1)).state.line.state, 'active');
  const { state, happenings } = advance(exampleState({ remindedEndingDays: 1 }), END);
  assert.equal(state.line.state, 'expired');
  assert.deepEqual(happenings, [{ event: 'expire', stateBefore: 'active', stateAfter: 'expired', at: END }]);
});

test('a line that nobody pays for is reminded, expires, is suspended, parked and lost, each at its day [LIFE-2] [LIFE-3]', () => {
  const { state, news } = advance(exampleState(), fromEnd(400));
  assert.equal(state.line.state, 'lost');
  assert.equal(state.line.dueAt, null);
  assert.deepEqual(
    news.map(({ kind, at }) => [kind, at]),
    [
      ['lines.ending', fromEnd(-3)],
      ['lines.ending', fromEnd(-1)],
      ['lines.expired', END],
      ['lines.suspended', fromEnd(7)],
      ['lines.parked', fromEnd(37)],
      ['lines.lost', fromEnd(97)],
    ],
  );
});

test('however often somebody looks in between, the same happens at the same instants [LIFE-2]', () => {
  const at = fc.integer({ min: -30 * DAY_MS, max: 110 * DAY_MS });
  const queue = [
    exampleQueued(),
    exampleQueued({ orderId: 901n, startsAt: new Date('2026-12-16T05:00:00Z'), endsAt: new Date('2027-01-16T05:00:00Z') }),
  ];
  fc.assert(
    fc.property(fc.array(at, { maxLength: 12 }), fc.boolean(), (looks, queued) => {
      const start = exampleState({}, queued ? queue : []);
      const inOne = advance(start, fromEnd(111));
      let state = start;
      const news: string[] = [];
      const happenings: unknown[] = [];
      for (const look of [...looks.toSorted((left, right) => left - right), 111 * DAY_MS]) {
        const step = advance(state, fromEnd(0, look));
        state = step.state;
        news.push(...told(step));
        happenings.push(...step.happenings);
      }
      assert.deepEqual(state, inOne.state);
      assert.deepEqual(news, told(inOne));
      assert.deepEqual(happenings, inOne.happenings);
    }),
  );
});

test('what a line is due for next stands on it: nothing later is missed, nothing earlier is asked for [LIFE-2]', () => {
  const states = [
    exampleState(),
    exampleState({}, [exampleQueued()]),
    lapsedState('expired'),
    lapsedState('suspended'),
    lapsedState('parked'),
  ];
  for (const state of states) {
    const { dueAt } = advance(state, new Date('2026-11-03T00:00:00Z')).state.line;
    assert.ok(dueAt !== null);
    const before = advance(state, new Date(dueAt.getTime() - 1));
    const then = advance(state, dueAt);
    assert.ok(then.happenings.length + then.news.length > before.happenings.length + before.news.length);
  }
  assert.equal(advance(lapsedState('lost'), fromEnd(400)).state.line.dueAt, null);
  assert.equal(advance(exampleState({ state: 'pending', paidUntil: null }), fromEnd(400)).state.line.dueAt, null);
});

test('a waiting plan starts at the present end, so that the line never expires in between [BUY-3]', () => {
  const { state, happenings, started, news } = advance(exampleState({ state: 'throttled' }, [exampleQueued()]), END);
  const { line, queue } = state;
  assert.deepEqual(
    [line.state, line.planCode, line.periodStartedAt, line.paidUntil],
    ['active', 'month-10gb', END, new Date('2026-12-16T05:00:00Z')],
  );
  assert.deepEqual([queue.length, started.length, news.length], [0, 1, 1]);
  assert.deepEqual(happenings, [{ event: 'renew', stateBefore: 'throttled', stateAfter: 'active', at: END }]);
});

test('a line whose next plan is paid is not told that it ends [LIFE-3]', () => {
  assert.deepEqual(told(advance(exampleState({}, [exampleQueued()]), fromEnd(0, -1))), []);
  assert.deepEqual(told(advance(exampleState({}, [exampleQueued()]), END)), [`lines.plan_started ${END.toISOString()}`]);
});

test('several waiting plans start one after the other, and the last one is reminded of and expires [BUY-3]', () => {
  const second = exampleQueued({ orderId: 901n, startsAt: new Date('2026-12-16T05:00:00Z'), endsAt: new Date('2027-01-16T05:00:00Z') });
  const { state, news } = advance(exampleState({}, [exampleQueued(), second]), new Date('2027-01-16T05:00:00Z'));
  assert.equal(state.line.state, 'expired');
  assert.deepEqual(
    news.map((one) => one.kind),
    ['lines.plan_started', 'lines.plan_started', 'lines.ending', 'lines.ending', 'lines.expired'],
  );
});

test('a reminder comes once, and again only for a new end [LIFE-3]', () => {
  const first = advance(exampleState(), fromEnd(-2));
  assert.equal(first.news.length, 1);
  assert.deepEqual(told(advance(first.state, fromEnd(-1, -1))), []);
  const renewed = exampleState({ paidUntil: new Date('2026-12-16T05:00:00Z'), remindedEndingDays: null });
  assert.deepEqual(told(advance(renewed, fromEnd(0))), []);
});

test('a plan shorter than a reminder is not reminded of at its very start [LIFE-3]', () => {
  const start = new Date('2026-11-02T17:00:00Z');
  const lasting = (days: number): string[] => {
    const paidUntil = new Date(start.getTime() + days * DAY_MS);
    const { news } = advance(exampleState({ periodStartedAt: start, paidUntil }), paidUntil);
    return news.map((one) => (one.kind === 'lines.ending' ? `${one.daysLeft}` : one.kind));
  };
  assert.deepEqual(lasting(1), ['lines.expired']);
  assert.deepEqual(lasting(2), ['1', 'lines.expired']);
  assert.deepEqual(lasting(3), ['1', 'lines.expired']);
  assert.deepEqual(lasting(4), ['3', '1', 'lines.expired']);
});

test('a line that ran dry expires like any other [LIFE-1] [LIFE-2]', () => {
  for (const state of ['throttled', 'stopped'] as const) assert.equal(advance(exampleState({ state }), END).state.line.state, 'expired');
});
