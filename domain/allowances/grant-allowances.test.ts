import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lockAccount } from '#domain/ledger';
import { testDatabase } from '#tests/database';
import { daysFromNow, exampleAccount, examplePart, LINE, NOW } from './example-allowances.ts';
import { grantAllowances } from './grant-allowances.ts';
import { meetOnALock } from './meet-on-a-lock.ts';
import { readOrderAllowances } from './read-allowances.ts';

test('what an item bought is delivered once, however often it is delivered [FX-1]', async (t) => {
  const { locked, tools, grantOf, owned } = await exampleAccount(await testDatabase(t));
  const grant = grantOf({ parts: [examplePart(), examplePart({ service: 'voice', quantity: 6000n, shared: true })] });
  const deliver = () => locked(async (tx) => grantAllowances(tools, tx, grant));
  await deliver();
  const first = await owned();
  await deliver();
  assert.deepEqual(await owned(), first);
  assert.deepEqual(
    first.map(({ partNo, lineId, service, granted, used, validUntil }) => ({ partNo, lineId, service, granted, used, validUntil })),
    [
      { partNo: 0, lineId: LINE, service: 'data', granted: 1000n, used: 0n, validUntil: daysFromNow(30) },
      { partNo: 1, lineId: null, service: 'voice', granted: 6000n, used: 0n, validUntil: daysFromNow(30) },
    ],
  );
});

test('allowances are of services there are; calls abroad are some of them [BUY-1]', async (t) => {
  const { grant } = await exampleAccount(await testDatabase(t));
  const services = ['data', 'data.hotspot', 'voice', 'voice_abroad', 'voice_abroad.mx', 'message_abroad.hong-kong'] as const;
  const granted = await grant({ parts: services.map((service) => examplePart({ service })) });
  assert.deepEqual(
    granted.map(({ service }) => service),
    services,
  );
  for (const service of ['voice.mx', 'voice_abroad.', 'data_abroad', 'voice_abroadx', 'fax'])
    await assert.rejects(grant({ parts: [{ ...examplePart(), service: service as 'data' }] }), /service_name_check/, service);
});

test('two deliveries of one item that meet deliver it once', async (t) => {
  const account = await exampleAccount(await testDatabase(t));
  const grant = account.grantOf();
  const deliver = async (tx: Parameters<typeof grantAllowances>[1]) => {
    await lockAccount(tx, account.key);
    grantAllowances(account.tools, tx, grant);
    return readOrderAllowances(tx, grant);
  };
  const [first, second] = await meetOnALock(account, deliver, deliver);
  assert.equal(first.length, 1);
  assert.deepEqual(second, first);
});

test('two paid renewals both count [BUY-3]', async (t) => {
  const { locked, tools, grantOf, owned } = await exampleAccount(await testDatabase(t));
  for (const itemNo of [0, 1]) await locked(async (tx) => grantAllowances(tools, tx, grantOf({ orderId: tools.mintId(5), itemNo })));
  assert.deepEqual(
    (await owned()).map((allowance) => allowance.granted),
    [1000n, 1000n],
  );
});

test('unlimited, always-throttled and zero-rated parts are kept as they were sold', async (t) => {
  const { grant, owned } = await exampleAccount(await testDatabase(t));
  const parts = [
    examplePart({ quantity: null, fullSpeedCap: 0n }),
    examplePart({ service: 'data.care', quantity: null, zeroRated: true, zone: 'home' }),
    examplePart({ service: 'message', quantity: null }),
  ];
  await grant({ parts });
  assert.deepEqual(
    (await owned()).map(({ service, zone, granted, fullSpeedCap, zeroRated }) => ({ service, zone, granted, fullSpeedCap, zeroRated })),
    [
      { service: 'data', zone: 'any', granted: null, fullSpeedCap: 0n, zeroRated: false },
      { service: 'data.care', zone: 'home', granted: null, fullSpeedCap: null, zeroRated: true },
      { service: 'message', zone: 'any', granted: null, fullSpeedCap: null, zeroRated: false },
    ],
  );
});

test('a product without parts grants nothing [BUY-1]', async (t) => {
  const { grant, owned } = await exampleAccount(await testDatabase(t));
  assert.deepEqual(await grant({ parts: [] }), []);
  assert.deepEqual(await owned(), []);
});

test('reading gives what has not ended, waiting ones included, to the last millisecond [LIFE-2]', async (t) => {
  const { grant, owned } = await exampleAccount(await testDatabase(t));
  await grant({ productCode: 'now', validUntil: daysFromNow(1) });
  await grant({ productCode: 'later', validFrom: daysFromNow(1), validUntil: daysFromNow(2) });
  const codes = async (at: Date) => (await owned(at)).map((allowance) => allowance.productCode);
  assert.deepEqual(await codes(NOW), ['now', 'later']);
  assert.deepEqual(await codes(new Date(daysFromNow(1).getTime() - 1)), ['now', 'later']);
  assert.deepEqual(await codes(daysFromNow(1)), ['later']);
});

test('an allowance that ends before it begins is a fault, and nothing of its item is delivered', async (t) => {
  const { database, tools, grantOf, key, owned } = await exampleAccount(await testDatabase(t));
  const backwards = grantOf({ validFrom: NOW, validUntil: NOW });
  const delivery = database.transaction(async (tx) => {
    await lockAccount(tx, key);
    return grantAllowances(tools, tx, backwards);
  });
  await assert.rejects(delivery, /check constraint/);
  assert.deepEqual(await owned(), []);
});
