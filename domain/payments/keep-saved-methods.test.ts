import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement, type Statement } from '#platform/database';
import { activeLine, allowed, newPerson, personWithCard, place, quote, RENEW, refusal, testHouse } from '#tests/house';
import { listSavedMethods, removeSavedMethod } from './keep-saved-methods.ts';

test('a kept method is removed by its own person alone, with an entry of it, and pays nothing any more (S1, S4) [PAY-1]', async (t) => {
  const tested = await testHouse(t);
  const { database, house } = tested;
  const line = await activeLine(tested);
  const { person, method } = await personWithCard(tested, line);
  const other = await newPerson(tested, line);
  const { personId } = person;
  const { savedMethodId } = method;
  assert.equal(refusal(await removeSavedMethod(house, { personId: other.personId, savedMethodId })), 'payments.saved_method_unknown');
  allowed(await removeSavedMethod(house, { personId, savedMethodId }));
  assert.deepEqual(await listSavedMethods(database, personId), []);
  const entries: Statement<{ personId: bigint }, { actor: string }> = parseStatement(
    'test.entries',
    "select actor from records.entry where account_id = :person_id and action = 'payments.forget_method'",
  );
  assert.deepEqual(await database.query(entries, { personId }), [{ actor: `person:${personId}` }]);
  const way = { kind: 'saved', savedMethodId } as const;
  const quoted = await quote(tested, line, [RENEW], person);
  assert.equal(refusal(await place(tested, { quote: quoted, asker: person, way })), 'payments.saved_method_unknown');
  assert.equal(refusal(await removeSavedMethod(house, { personId, savedMethodId })), 'payments.saved_method_unknown');
});
