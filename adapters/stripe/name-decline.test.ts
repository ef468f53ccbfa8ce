import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameDecline } from './name-decline.ts';

test('the bank’s own code is more exact than the error’s, and what nobody knows is generic [PAY-5]', () => {
  assert.equal(nameDecline({ code: 'card_declined', decline_code: 'insufficient_funds' }), 'insufficient_funds');
  assert.equal(nameDecline({ code: 'expired_card' }), 'expired_card');
  assert.equal(nameDecline({ code: 'expired_card', decline_code: 'never_heard_of' }), 'expired_card');
  assert.equal(nameDecline({ code: 'card_declined', decline_code: 'never_heard_of' }), 'generic');
  assert.equal(nameDecline({}), 'generic');
});
