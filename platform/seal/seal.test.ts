import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#tests/database';
import { openSealer } from './index.ts';

const NOW = new Date('2026-11-02T17:00:00Z');
const LATER = new Date('2026-11-02T17:30:00Z');

test('what one node sealed another opens, until it is too old', async (t) => {
  const { database } = await testDatabase(t);
  const [one, other] = await Promise.all([openSealer(database), openSealer(database)]);
  const sealed = one.seal('line', 'a line', LATER);
  assert.match(sealed, /^[\w-]+$/);
  assert.equal(other.unseal('line', sealed, NOW), 'a line');
  assert.equal(other.unseal('line', sealed, LATER), undefined);
  assert.notEqual(one.seal('line', 'a line', LATER), sealed);
});

test('a seal holds for its purpose only, and any change breaks it', async (t) => {
  const { database } = await testDatabase(t);
  const sealer = await openSealer(database);
  const sealed = Buffer.from(sealer.seal('line', 'a line', LATER), 'base64url');
  assert.equal(sealer.unseal('other', sealed.toString('base64url'), NOW), undefined);
  for (let place = 0; place < sealed.length; place += 1) {
    const changed = Buffer.from(sealed);
    changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
    assert.equal(sealer.unseal('line', changed.toString('base64url'), NOW), undefined);
  }
  for (const text of ['', 'x', '\u0000', 'A'.repeat(5000)]) assert.equal(sealer.unseal('line', text, NOW), undefined);
});

test('a mark is the same for the same text on every node, and for no other', async (t) => {
  const { database } = await testDatabase(t);
  const [one, other] = await Promise.all([openSealer(database), openSealer(database)]);
  assert.equal(one.mark('source', '192.0.2.1'), other.mark('source', '192.0.2.1'));
  assert.notEqual(one.mark('source', '192.0.2.1'), one.mark('source', '192.0.2.2'));
  assert.notEqual(one.mark('source', '192.0.2.1'), one.mark('other', '192.0.2.1'));
});
