import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseStatement } from '#platform/database';
import { writeEvents } from '#platform/outbox';
import { testDatabase } from '#tests/database';
import { decodeJson, encodeJson } from './index.ts';

const instants = fc.date({ min: new Date(0), max: new Date('2999-12-31T23:59:59.999Z'), noInvalidDate: true });
/** Texts that look like what we write for bigints and instants, escapes before escapes included. */
const lookalikes = fc.stringMatching(/^~{0,3}(-?\d{1,5}n|@2026-1\d-02T.{0,5}|@|n|-n)$/);
const keys = fc.string({ maxLength: 6 }).filter((key) => key !== '__proto__');
const values = fc.letrec((tie) => ({
  leaf: fc.oneof(fc.bigInt(), instants, fc.string(), lookalikes, fc.integer(), fc.boolean(), fc.constant(null)),
  value: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
  ),
}));

test('what is encoded comes back as it was: bigints, instants and texts that look like them', () => {
  fc.assert(
    fc.property(values.value, (value) => {
      assert.deepEqual(decodeJson(JSON.parse(encodeJson({ value }))), toPlain({ value }));
    }),
  );
});

/** fast-check makes dictionaries without a prototype; ours come back as ordinary objects. */
function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toPlain(inner)]));
}

test('what is left out stays left out', () => {
  assert.deepEqual(decodeJson(encodeJson({ here: 1n, gone: undefined })), { here: 1n });
});

test('it survives PostgreSQL's json', async (t) => {
  const { database, tools } = await testDatabase(t);
  const payload = {
    minor: 12345678901234567890n,
    at: new Date('2026-11-02T17:00:00.001Z'),
    text: '5n',
    escaped: '~@2026-11-02T',
    list: [1n, '1n'],
  };
  const accountId = tools.mintId(9);
  const event = { slot: 9, accountId, eventId: tools.mintId(9), kind: 'test.said', payload, at: tools.clock.business() };
  await database.transaction(async (tx) => writeEvents(tx, [event]));
  const [row] = await database.query(parseStatement('test.read-payload', 'select payload from outbox.event'), {});
  assert.deepEqual(decodeJson((row as { payload: unknown }).payload), payload);
});
