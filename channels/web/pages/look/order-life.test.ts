import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OrderState, OrderView, StageView } from '../../views.ts';
import { isMoving, refreshSeconds, versionOf } from './order-life.ts';

const placedAt = new Date('2026-11-02T17:00:00Z');

function order(state: OrderState, stages: readonly StageView[] = [], ageSeconds = 0): OrderView {
  return {
    secret: 'secret',
    orderNumber: '17-000123',
    state,
    maskedNumber: '+1 206 ••• ••42',
    zone: 'America/New_York',
    now: new Date(placedAt.getTime() + ageSeconds * 1000),
    placedAt,
    method: { code: 'card', kind: 'card' },
    stages,
    happened: [],
    key: 'key',
    methods: [],
    keepable: false,
    warnings: [],
    cancellable: false,
    items: [],
    taxes: [],
    total: { currency: 'USD', minor: 1631n },
  };
}

test('an order page goes on looking until the confirmation has gone out [FX-2]', () => {
  assert.equal(isMoving(order('payment_unknown')), true);
  assert.equal(isMoving(order('delivered', [{ stage: 'notified', state: 'running', ms: 5 }])), true);
  assert.equal(isMoving(order('delivered', [{ stage: 'notified', state: 'done', ms: 5 }])), false);
  assert.equal(isMoving(order('delivered', [{ stage: 'confirmed', state: 'running', ms: 5 }])), true);
  assert.equal(isMoving(order('delivered', [{ stage: 'confirmed', state: 'idle' }])), false, 'nobody is asked for');
  assert.equal(isMoving({ ...order('declined'), paymentPage: 'https://pay.example/1' }), true, 'another card may be tried there');
  for (const state of ['declined', 'cancelled', 'expired', 'refunded'] as const) assert.equal(isMoving(order(state)), false, state);
});

test('seconds that pass are no new version; a stage that ends is one', () => {
  const running = (ms: number) => versionOf(order('paid', [{ stage: 'applied', state: 'running', ms }]));
  assert.equal(running(10), running(900));
  assert.notEqual(running(10), versionOf(order('paid', [{ stage: 'applied', state: 'done', ms: 10 }])));
});

test('without JavaScript a fresh order is looked at every two seconds, an old one once a minute', () => {
  assert.equal(refreshSeconds(order('paid', [], 3)), 2);
  assert.equal(refreshSeconds(order('paid', [], 3600)), 60);
});
