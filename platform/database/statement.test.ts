import assert from 'node:assert/strict';
import { test } from 'node:test';
import { camelCase, knownStatements, parseStatement, statement } from './statement.ts';

const textOf = (source: string) => parseStatement('test.one', source);

test('a parameter is written :account_id and given as accountId, in the order of its first use', () => {
  const parsed = textOf('select 1 from t where a = :account_id and s = :slot and b <> :account_id');
  assert.equal(parsed.text, 'select 1 from t where a = $1 and s = $2 and b <> $1');
  assert.deepEqual(parsed.parameters, ['accountId', 'slot']);
});

test('casts, quoted text and comments are no parameters', () => {
  const parsed = textOf("-- :not_this\nselect ':nor_this', ' it''s :neither ', :at::timestamptz, x::text[] -- :or_this\nfrom t");
  assert.deepEqual(parsed.parameters, ['at']);
  assert.equal(parsed.text, "select ':nor_this', ' it''s :neither ', $1::timestamptz, x::text[] \nfrom t");
});

test('more than nine parameters keep their numbers apart', () => {
  const names = Array.from({ length: 12 }, (_, index) => `:p${String.fromCharCode(97 + index)}`);
  const parsed = textOf(`select ${names.join(', ')}`);
  assert.equal(parsed.parameters.length, 12);
  assert.ok(parsed.text.endsWith('$10, $11, $12'));
});

test('columns come back in camel case', () => {
  assert.equal(camelCase('paid_by_attempt_id'), 'paidByAttemptId');
  assert.equal(camelCase('method_last4'), 'methodLast4');
  assert.equal(camelCase('slot'), 'slot');
});

test('a statement is loaded in one place only, and known from then on', () => {
  const folder = `${import.meta.dirname}/../outbox`;
  const loaded = statement(folder, 'read-event');
  assert.equal(loaded.name, 'outbox.read-event');
  assert.ok(knownStatements().some((one) => one.name === 'outbox.read-event'));
  assert.throws(() => statement(folder, 'read-event'), /in one place only/);
});

test('a statement without its file fails when it is loaded, not when it is run', () => {
  assert.throws(() => statement(import.meta.dirname, 'no-such-file'), /ENOENT/);
});
