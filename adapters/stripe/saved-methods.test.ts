import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detachMethod, forgetSavedMethod, listSavedMethods } from '#domain/payments';
import { isRefusal } from '#platform/refusals';
import { payOnPage } from '#simulators/payment-provider';
import { type PaymentHouse, pageOf, paymentHouse } from '#tests/payment-house';

/** Pays on a page, asking to keep the card; gives the person and what was kept. */
async function save(house: PaymentHouse, card: string, bank?: 'approve') {
  const personId = house.tools.mintId(901);
  const pending = await (await house.newOrder({ personId })).pay({ method: { kind: 'page', provider: 'stripe', saveMethod: true } });
  await payOnPage(pageOf(pending), { card, bank });
  await house.ask(pending);
  const [saved] = await listSavedMethods(house.database, personId);
  assert.ok(saved);
  return { personId, saved };
}

test('a card kept on the page renews without one, in one tap [PAY-4]', async (t) => {
  const house = await paymentHouse(t);
  const { personId, saved } = await save(house, '4242424242424242');
  assert.deepEqual([saved.kind, saved.brand, saved.last4, saved.expires], ['card', 'visa', '4242', '2044-12']);
  const attempt = await (await house.newOrder({ personId })).pay({ method: { kind: 'saved', savedMethodId: saved.savedMethodId } });
  assert.equal(attempt.state, 'succeeded');
  assert.equal(attempt.method?.last4, '4242');
  assert.equal(house.simulator.state().counts.customers, 1);
});

test('a second page of the same person belongs to the same customer at the provider', async (t) => {
  const house = await paymentHouse(t);
  const { personId } = await save(house, '4242424242424242');
  const pending = await (await house.newOrder({ personId })).pay();
  await payOnPage(pageOf(pending), { card: '5555555555554444' });
  await house.ask(pending);
  assert.equal(house.simulator.state().counts.customers, 1);
  // This one was not asked to be kept.
  assert.equal((await listSavedMethods(house.database, personId)).length, 1);
});

test('a saved card that is declined says why [PAY-5]', async (t) => {
  const house = await paymentHouse(t);
  const { personId, saved } = await save(house, '4000000000000341');
  const attempt = await (await house.newOrder({ personId })).pay({ method: { kind: 'saved', savedMethodId: saved.savedMethodId } });
  assert.deepEqual([attempt.state, attempt.declineReason, attempt.askAt], ['declined', 'generic', null]);
});

test('a bank that wants to ask about a saved card becomes a pay link, and the payment ends on it [PAY-4, PAY-5]', async (t) => {
  const house = await paymentHouse(t);
  const { personId, saved } = await save(house, '4000002760003184', 'approve');
  const method = { kind: 'saved', savedMethodId: saved.savedMethodId } as const;
  const pending = await (await house.newOrder({ personId })).pay({ method });
  assert.equal(pending.state, 'pending');
  assert.equal(pending.pageUrl, null);
  assert.ok(pending.authenticationUrl);
  await payOnPage(pageOf(pending), { card: '4000002760003184', bank: 'approve' });
  assert.equal((await house.ask(pending)).state, 'succeeded');
  // Found also when the link's answer was lost: among the customer's payments the open page outweighs the refused charge.
  const other = await (await house.newOrder({ personId })).pay({ method });
  const found = await house.ask({ ...other, handles: { customer: other.handles.customer } });
  assert.equal(found.state, 'pending');
});

test('a bank that wants to ask, and no page to be had for it, is a decline that says so', async (t) => {
  const house = await paymentHouse(t, { timeoutMs: 250 });
  const { personId, saved } = await save(house, '4000002760003184', 'approve');
  house.simulator.setFaults([{ on: 'POST /v1/checkout/sessions', kind: 'lost_before', times: 1 }]);
  const attempt = await (await house.newOrder({ personId })).pay({ method: { kind: 'saved', savedMethodId: saved.savedMethodId } });
  assert.deepEqual([attempt.state, attempt.declineReason], ['declined', 'authentication_required']);
});

test('a card 3-D Secure was passed for when it was kept is charged without asking again', async (t) => {
  const house = await paymentHouse(t);
  const { personId, saved } = await save(house, '4000002500003155', 'approve');
  const attempt = await (await house.newOrder({ personId })).pay({ method: { kind: 'saved', savedMethodId: saved.savedMethodId } });
  assert.equal(attempt.state, 'succeeded');
});

test('a forgotten method is out of the list, unusable at the provider, and nobody else’s to begin with', async (t) => {
  const house = await paymentHouse(t);
  const { database, tools, clock } = house;
  const { personId, saved } = await save(house, '4242424242424242');
  const { savedMethodId } = saved;
  const other = tools.mintId(902);
  const transportAt = clock.transport();
  const notTheirs = await database.transaction((tx) => forgetSavedMethod(tx, { personId: other, savedMethodId, transportAt }));
  assert.equal(isRefusal(notTheirs) && notTheirs.code, 'payments.saved_method_unknown');
  const forgotten = await database.transaction((tx) => forgetSavedMethod(tx, { personId, savedMethodId, transportAt }));
  assert.ok(!isRefusal(forgotten));
  assert.equal(await detachMethod(house.providers, forgotten), true);
  assert.equal(await detachMethod(house.providers, forgotten), true);
  assert.deepEqual(await listSavedMethods(database, personId), []);
  const order = await house.newOrder({ personId });
  const refused = await order.start({ method: { kind: 'saved', savedMethodId } });
  assert.equal(isRefusal(refused) && refused.code, 'payments.saved_method_unknown');
});

test('a method that was detached at the provider behind our back is a decline, told as such [PAY-5]', async (t) => {
  const house = await paymentHouse(t);
  const { personId, saved } = await save(house, '4242424242424242');
  assert.equal(await detachMethod(house.providers, saved), true);
  const attempt = await (await house.newOrder({ personId })).pay({ method: { kind: 'saved', savedMethodId: saved.savedMethodId } });
  assert.deepEqual([attempt.state, attempt.declineReason], ['declined', 'method_removed']);
});
