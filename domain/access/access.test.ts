import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMember, addPerson, type Role } from '#domain/people';
import { testDatabase } from '#tests/database';
import { ACTIONS } from './access.ts';
import {
  type Action,
  ALLOWED,
  ALLOWED_ON_PERSON,
  type Asker,
  actorOf,
  allowedAccounts,
  allowedPeople,
  PERSON_ACTIONS,
  requireAccess,
  type Standing,
  standingsOf,
} from './index.ts';

/** The table once more, read the other way: each action with who may do it. */
const MAY: Readonly<Record<Action, readonly Standing[]>> = {
  see_renewal: ['guest', 'payer', 'user', 'owner', 'operator'],
  see_line: ['user', 'owner', 'operator'],
  see_use: ['user', 'owner', 'operator'],
  see_orders: ['owner', 'operator'],
  see_own_orders: ['payer', 'user', 'owner', 'operator'],
  see_all_receipts: ['operator'],
  renew: ['guest', 'payer', 'user', 'owner', 'operator'],
  pack: ['guest', 'payer', 'user', 'owner', 'operator'],
  top_up: ['guest', 'payer', 'user', 'owner', 'operator'],
  change: ['owner', 'operator'],
  queue: ['owner', 'operator'],
  pay_from_balance: ['owner', 'operator'],
  use_saved_method: ['payer', 'user', 'owner', 'operator'],
  cancel: ['owner', 'operator'],
  refund: ['operator'],
  rename: ['owner', 'operator'],
  set_notices: ['owner', 'operator'],
  export: ['owner', 'operator'],
  manage_people: ['owner', 'operator'],
  join_line: ['owner', 'operator'],
  cap_line: ['owner', 'operator'],
  leave: ['payer', 'user', 'owner', 'operator'],
};
const STANDINGS = ['guest', 'payer', 'user', 'owner', 'operator'] as const;

for (const standing of STANDINGS)
  for (const action of ACTIONS)
    test(`${standing} ${MAY[action].includes(standing) ? 'may' : 'may not'} ${action} (S1) [ID-6]`, () => {
      assert.equal(ALLOWED[standing].includes(action), MAY[action].includes(standing));
    });

test('a guest never changes, queues, cancels, refunds, spends the balance, uses a saved method or sees the line [ID-6]', () => {
  assert.deepEqual([...ALLOWED.guest].toSorted(), ['pack', 'renew', 'see_renewal', 'top_up']);
});

test('who may more may all that who may less may (S1)', () => {
  for (const [less, more] of [
    ['guest', 'payer'],
    ['payer', 'user'],
    ['user', 'owner'],
    ['owner', 'operator'],
  ] as const)
    assert.ok(
      ALLOWED[less].every((action) => ALLOWED[more].includes(action)),
      `${less} ⊂ ${more}`,
    );
});

test('what a person is to one account says nothing about another (S1)', async (t) => {
  const { database, tools } = await testDatabase(t);
  const at = tools.clock.business();
  const [mine, theirs, ours] = [1, 2, 3].map((slot) => ({ slot, accountId: tools.mintId(slot) }));
  assert.ok(mine && theirs && ours);
  const personId = await addPerson(tools, database, { name: null, language: 'en', email: null, number: null });
  const asker: Asker = { kind: 'person', personId, source: 'x' };
  const link = (account: typeof mine, role: Role) => addMember(database, { ...account, personId, role, at });
  await link(mine, 'owner');
  await link(ours, 'user');
  assert.deepEqual(await standingsOf(database, asker, [theirs, mine, ours]), ['guest', 'owner', 'user']);
  assert.deepEqual(await allowedAccounts(database, asker, ['change'], [theirs, mine, ours]), [mine]);
  assert.deepEqual(await allowedAccounts(database, asker, ['see_line', 'use_saved_method'], [theirs, mine, ours]), [mine, ours]);
  assert.equal((await requireAccess(database, asker, ['change'], theirs))?.code, 'access.not_allowed');
  assert.equal(await requireAccess(database, asker, [], theirs), undefined);
  await link(mine, 'payer');
  assert.deepEqual(await standingsOf(database, asker, [mine]), ['payer']);
});

test('guests and operators are what they are on every account; the trail names each', async (t) => {
  const { database } = await testDatabase(t);
  const account = { slot: 1, accountId: 1n };
  assert.deepEqual(await standingsOf(database, { kind: 'guest', source: 'x' }, [account, account]), ['guest', 'guest']);
  assert.deepEqual(await standingsOf(database, { kind: 'operator', name: 'ana' }, [account]), ['operator']);
  assert.deepEqual(
    [
      actorOf({ kind: 'guest', source: 'x' }),
      actorOf({ kind: 'operator', name: 'ana' }),
      actorOf({ kind: 'person', personId: 5n, source: 'x' }),
    ],
    ['guest', 'operator:ana', 'person:5'],
  );
});

test('what is a person’s own is theirs alone; an operator sees who they are and does nothing as them (S1)', () => {
  const me: Asker = { kind: 'person', personId: 1n, source: 'x' };
  for (const action of PERSON_ACTIONS) {
    assert.deepEqual(allowedPeople(me, [action], [1n, 2n]), [1n]);
    assert.deepEqual(allowedPeople({ kind: 'guest', source: 'x' }, [action], [1n, 2n]), []);
  }
  assert.deepEqual(allowedPeople({ kind: 'operator', name: 'x' }, ['see_person'], [1n, 2n]), [1n, 2n]);
  assert.deepEqual(allowedPeople({ kind: 'operator', name: 'x' }, ['see_person', 'change_person'], [1n]), []);
  assert.deepEqual(ALLOWED_ON_PERSON.stranger, []);
});
