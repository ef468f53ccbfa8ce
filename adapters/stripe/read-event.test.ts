import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { createStripeProvider } from './index.ts';

const SECRET = 'whsec_vector';
const NOW = new Date('2026-11-02T17:00:00Z');
const NOW_SECONDS = NOW.getTime() / 1000;
const provider = createStripeProvider({ secretKey: 'sk_test_vector', webhookSecrets: ['whsec_new', SECRET] });

/** By hand, from docs.stripe.com/webhooks#verify-manually, so that the SDK is not checked against itself. */
function sign(body: string, seconds = NOW_SECONDS, secret = SECRET): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

function read(body: string, signature: string | undefined, at = NOW) {
  return provider.readEvent(Buffer.from(body), { 'stripe-signature': signature }, at);
}

const event = (type: string, object: object): string =>
  JSON.stringify({ id: 'evt_1', object: 'event', created: NOW_SECONDS, type, data: { object } });
const PAID = event('payment_intent.succeeded', { id: 'pi_1', metadata: { everline_attempt: 'att_0000000000001' } });

test('a signature over the raw body with our secret holds, for 300 seconds and not one longer', () => {
  const expected = { eventId: 'evt_1', kind: 'payment', attemptReference: 'att_0000000000001', providerId: 'pi_1' };
  assert.deepEqual(read(PAID, sign(PAID)), expected);
  assert.deepEqual(read(PAID, sign(PAID, NOW_SECONDS - 300)), expected);
  assert.deepEqual(read(PAID, sign(PAID, NOW_SECONDS - 301)), { flaw: 'expired' });
  assert.deepEqual(read(PAID, sign(PAID), new Date(NOW.getTime() + 301_000)), { flaw: 'expired' });
});

test('several signatures and several secrets: one pair that fits is enough', () => {
  assert.ok(!('flaw' in read(PAID, `${sign(PAID)},v1=${'0'.repeat(64)},v0=whatever`)));
  assert.ok(!('flaw' in read(PAID, `t=${NOW_SECONDS},v1=${'0'.repeat(64)},${sign(PAID).split(',')[1]}`)));
  assert.ok(!('flaw' in read(PAID, sign(PAID, NOW_SECONDS, 'whsec_new'))));
});

for (const [what, body, signature] of [
  ['no signature', PAID, undefined],
  ['an empty one', PAID, ''],
  ['another secret', PAID, sign(PAID, NOW_SECONDS, 'whsec_other')],
  ['another body', `${PAID} `, sign(PAID)],
  ['another time', PAID, sign(PAID).replace(String(NOW_SECONDS), String(NOW_SECONDS - 1))],
  ['a scheme from before', PAID, sign(PAID).replace('v1=', 'v0=')],
  ['no time', PAID, sign(PAID).replace(/^t=\d+,/, '')],
] as const)
  test(`forged: ${what}`, () => assert.deepEqual(read(body, signature), { flaw: 'forged' }));

for (const body of [
  '',
  'not json',
  '[]',
  'null',
  '{}',
  '{"id":"evt_1","type":"payment_intent.succeeded","data":{}}',
  event('payment_intent.succeeded', {}),
  event('payment_intent.succeeded', { id: 'pi_\0' }),
  PAID.replace('evt_1', '\\u0000'),
])
  test(`signed, but not an event we can read: ${body}`, () => assert.deepEqual(read(body, sign(body)), { flaw: 'unreadable' }));

test('each kind names what is to be looked up', () => {
  const session = { id: 'cs_1', client_reference_id: 'att_0000000000001', metadata: {}, payment_intent: 'pi_1' };
  const refund = { id: 're_1', payment_intent: 'pi_1', metadata: { everline_refund: 'ref_0000000000001' } };
  for (const [type, object, expected] of [
    ['checkout.session.expired', session, { kind: 'payment', attemptReference: 'att_0000000000001', providerId: 'pi_1' }],
    ['refund.failed', refund, { kind: 'refund', refundReference: 'ref_0000000000001', providerId: 'pi_1' }],
    ['charge.refund.updated', refund, { kind: 'refund', refundReference: 'ref_0000000000001', providerId: 'pi_1' }],
    ['charge.succeeded', { id: 'ch_1', payment_intent: 'pi_1' }, { kind: 'other', attemptReference: undefined, providerId: 'pi_1' }],
    ['customer.created', { id: 'cus_1' }, { kind: 'other', attemptReference: undefined, providerId: undefined }],
  ] as const) {
    const body = event(type, object);
    assert.deepEqual(read(body, sign(body)), { eventId: 'evt_1', ...expected });
  }
});

test('a dispute says how it stands and how much it is about; an inquiry takes nothing and is none', () => {
  const dispute = { id: 'du_1', payment_intent: 'pi_1', amount: 2980, currency: 'jpy', reason: 'fraudulent' };
  for (const [status, state] of [
    ['needs_response', 'opened'],
    ['under_review', 'opened'],
    ['won', 'won'],
    ['lost', 'lost'],
  ] as const) {
    const body = event('charge.dispute.updated', { ...dispute, status });
    const news = { disputeId: 'du_1', state, amount: { currency: 'JPY', minor: 2980n }, reason: 'fraudulent', toldAt: NOW };
    assert.deepEqual(read(body, sign(body)), { eventId: 'evt_1', kind: 'dispute', providerId: 'pi_1', dispute: news });
  }
  const inquiry = event('charge.dispute.created', { ...dispute, status: 'warning_needs_response' });
  assert.equal((read(inquiry, sign(inquiry)) as { kind: string }).kind, 'other');
});

test('whatever is signed and sent, reading it never throws', () => {
  const types = fc.constantFrom('payment_intent.succeeded', 'checkout.session.completed', 'refund.updated', 'charge.dispute.created', 'x');
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.tuple(types, fc.jsonValue()).map(([type, object]) => JSON.stringify({ id: 'evt_1', type, data: { object } })),
  );
  fc.assert(
    fc.property(body, fc.string(), (sent, noise) =>
      [read(sent, sign(sent)), read(sent, noise)].every((answer) => typeof answer === 'object'),
    ),
  );
});
