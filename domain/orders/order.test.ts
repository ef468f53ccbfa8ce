import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ORDER_EVENTS, ORDER_LIFECYCLE, ORDER_STATES, type OrderState } from './order.ts';

/** The table once more, read the other way: each event with all that it moves. */
const MOVES: Readonly<Record<(typeof ORDER_EVENTS)[number], Partial<Record<OrderState, OrderState>>>> = {
  apply: { placed: 'applied' },
  deliver: { applied: 'delivered' },
  cancel: { placed: 'cancelled' },
  give_back: { placed: 'refunding', applied: 'refunding', delivered: 'refunding', cancelled: 'refunding', refunded: 'refunding' },
  given_back: { refunding: 'refunded' },
};

for (const state of ORDER_STATES)
  for (const event of ORDER_EVENTS) {
    const next = MOVES[event][state];
    test(`${event} ${next === undefined ? 'does nothing to' : `makes ${next}`} an order that is ${state}`, () => {
      assert.equal(ORDER_LIFECYCLE[state][event], next);
    });
  }

test('an order takes effect once, and only while it is open (P1)', () => {
  assert.deepEqual(
    ORDER_STATES.filter((state) => ORDER_LIFECYCLE[state].apply !== undefined),
    ['placed'],
  );
});

test('what is paid ends delivered or given back, nothing else (P5)', () => {
  const ends = (state: OrderState): OrderState[] => Object.values(ORDER_LIFECYCLE[state]);
  for (const state of ['applied', 'delivered', 'refunding', 'refunded'] as const)
    for (const next of ends(state)) assert.ok(['delivered', 'refunding', 'refunded'].includes(next), `${state} → ${next}`);
});
