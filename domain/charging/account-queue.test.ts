import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAccountQueue } from './account-queue.ts';

test('one of each account is under way at a time, in order of coming', () => {
  const queue = createAccountQueue<string>();
  for (const [accountId, item] of [
    [1n, 'a1'],
    [1n, 'a2'],
    [2n, 'b1'],
    [3n, 'c1'],
  ] as const)
    queue.add(accountId, item);
  assert.deepEqual(queue.take(2), ['a1', 'b1']);
  queue.add(2n, 'b2');
  assert.deepEqual(queue.take(9), ['c1']);
  assert.deepEqual(queue.take(9), []);
  queue.done(2n);
  queue.done(1n);
  assert.deepEqual(queue.take(9), ['b2', 'a2']);
  for (const accountId of [1n, 2n, 3n]) queue.done(accountId);
  assert.deepEqual(queue.take(9), []);
});
