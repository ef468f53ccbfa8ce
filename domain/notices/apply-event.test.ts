import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addLine } from '#domain/lines';
import { addMember, addPerson } from '#domain/people';
import { formatId, slotOf } from '#platform/ids';
import { isRefusal } from '#platform/refusals';
import { testDatabase } from '#tests/database';
import { isNoticeEvent, listNotices, readOrderDeliveries, readPreferences, setPreference } from './index.ts';
import { applyOnce, SAMPLE_ACCOUNT, SAMPLE_NUMBER, sampleEvent, sampleHouse } from './sample-house.ts';

const account = { slot: slotOf(SAMPLE_ACCOUNT), accountId: SAMPLE_ACCOUNT };

test('a paid order is told by mail, SMS and push in the language of its reader, once [FX-3]', async (t) => {
  const { database, tools } = await testDatabase(t);
  const event = sampleEvent('orders.applied');
  const told = await applyOnce(tools, event, sampleHouse);
  assert.deepEqual(
    told.map((notice) => [notice.channel, notice.recipient]),
    [
      ['mail', 'li@example.org'],
      ['sms', SAMPLE_NUMBER],
      ['push', 'person_000000000000a'],
    ],
  );
  assert.deepEqual(await applyOnce(tools, event, sampleHouse), []);
  const listed = await listNotices(database, {});
  assert.equal(listed.length, 3);
  assert.deepEqual(new Set(listed.map((notice) => `${notice.language} ${notice.state}`)), new Set(['zh-Hans waiting']));
  const mail = listed.find((notice) => notice.channel === 'mail');
  assert.equal(mail?.subject, '收据 US-417-000123：月租 5 GB + 流量包 1 GB $21.81');
  assert.equal(mail?.orderId, 9n);
  assert.match(mail?.html ?? '', /<html lang="zh-Hans">/);
  assert.equal((await readOrderDeliveries(database, { ...account, orderId: 9n })).length, 3);
});

test('two who apply one event at once tell it once [O1]', async (t) => {
  const { database, tools } = await testDatabase(t);
  const event = sampleEvent('orders.applied');
  const both = await Promise.all([applyOnce(tools, event, sampleHouse), applyOnce(tools, event, sampleHouse)]);
  assert.deepEqual(both.map((told) => told.length).sort(), [0, 3]);
  assert.equal((await listNotices(database, {})).length, 3);
});

test('an event that came again after the preferences changed is still told once', async (t) => {
  const { database, tools } = await testDatabase(t);
  await setPreference(tools, { ...account, topic: 'data', channel: 'mail', wanted: false });
  const event = sampleEvent('lines.data_low');
  await applyOnce(tools, event, sampleHouse);
  await setPreference(tools, { ...account, topic: 'data', channel: 'mail', wanted: true });
  assert.deepEqual(await applyOnce(tools, event, sampleHouse), []);
  assert.deepEqual(
    (await listNotices(database, {})).map((notice) => notice.channel),
    ['sms'],
  );
});

test('a line nobody claimed is told itself; once claimed, its owner, in the owner’s language', async (t) => {
  const { database, tools, clock } = await testDatabase(t);
  const unclaimed = await applyOnce(tools, sampleEvent('lines.ending'), sampleHouse);
  assert.deepEqual(
    unclaimed.map(({ channel, recipient, language }) => [channel, recipient, language]),
    [
      ['mail', 'li@example.org', 'zh-Hans'],
      ['sms', SAMPLE_NUMBER, 'zh-Hans'],
    ],
  );
  const personId = await addPerson(tools, database, { name: 'Ana', language: 'es', email: 'ana@example.org', number: SAMPLE_NUMBER });
  await addMember(database, { ...account, personId, role: 'owner', at: clock.business() });
  const claimed = await applyOnce(tools, sampleEvent('lines.ending', {}, 2n), sampleHouse);
  assert.deepEqual(
    claimed.map(({ channel, language }) => [channel, language]),
    [
      ['mail', 'es'],
      ['sms', 'es'],
      ['push', 'es'],
    ],
  );
  assert.equal(claimed[0]?.recipient, 'ana@example.org');
  assert.match(claimed[2]?.recipient ?? '', /^person_/);
});

test('a number that was given up gets no SMS: somebody else may have it next', async (t) => {
  const { tools } = await testDatabase(t);
  const told = await applyOnce(tools, sampleEvent('lines.lost'), sampleHouse);
  assert.deepEqual(
    told.map((notice) => notice.channel),
    ['mail'],
  );
});

test('a guest pays: the guest is told by mail with the order, the line’s owner by SMS without it, each in their language [ID-6]', async (t) => {
  const { tools } = await testDatabase(t);
  const line = await tools.database.transaction((tx) =>
    addLine(tools, tx, sampleHouse.catalog, { number: SAMPLE_NUMBER, market: 'US', language: 'es', email: 'ana@example.org' }),
  );
  assert.ok(!isRefusal(line));
  const key = { slot: line.slot, accountId: line.accountId };
  // What the owner chose is not kept from the guest.
  await setPreference(tools, { ...key, topic: 'payment', channel: 'mail', wanted: false });
  const contacts = { email: 'guest@example.org', sms: SAMPLE_NUMBER };
  const event = { ...sampleEvent('orders.applied', { contacts, guest: true, lineId: line.lineId }), ...key };
  const told = await applyOnce(tools, event, sampleHouse);
  assert.deepEqual(
    told.map(({ channel, recipient, language }) => [channel, recipient, language]),
    [
      ['mail', 'guest@example.org', 'zh-Hans'],
      ['sms', SAMPLE_NUMBER, 'es'],
    ],
  );
  assert.match(told[0]?.body ?? '', /\/o\/dGhpcyBpcyBhIHNlY3JldA/);
  assert.match(told[1]?.body ?? '', /^Northwind Mobile: alguien pag. Mensual 5 GB/);
  assert.doesNotMatch(told[1]?.body ?? '', /21\.81|\/o\//);
  const cancelled = { ...sampleEvent('orders.cancelled', { contacts, guest: true, lineId: line.lineId }, 2n), ...key };
  assert.deepEqual(
    (await applyOnce(tools, cancelled, sampleHouse)).map((notice) => notice.channel),
    ['mail'],
  );
});

test('whoever signed in and gave no address is told at their own [FX-3]', async (t) => {
  const { database, tools } = await testDatabase(t);
  const personId = await addPerson(tools, database, { name: 'Ana', language: 'es', email: 'ana@example.org', number: null });
  const contacts = { sms: SAMPLE_NUMBER, push: formatId('person', personId) };
  const told = await applyOnce(tools, sampleEvent('orders.applied', { contacts, personId }), sampleHouse);
  assert.deepEqual(
    told.map(({ channel, recipient }) => [channel, recipient]),
    [
      ['mail', 'ana@example.org'],
      ['sms', SAMPLE_NUMBER],
      ['push', contacts.push],
    ],
  );
});

test('what the owner switched off stays off for orders of their own', async (t) => {
  const { tools } = await testDatabase(t);
  await setPreference(tools, { ...account, topic: 'payment', channel: 'mail', wanted: false });
  const told = await applyOnce(tools, sampleEvent('orders.applied'), sampleHouse);
  assert.deepEqual(
    told.map((notice) => notice.channel),
    ['sms', 'push'],
  );
});

test('nobody to reach, nothing to send: the event is applied all the same', async (t) => {
  const { database, tools } = await testDatabase(t);
  assert.deepEqual(await applyOnce(tools, sampleEvent('orders.cancelled', { contacts: {} }), sampleHouse), []);
  assert.deepEqual(await listNotices(database, {}), []);
});

test('a purchase withdraws the reminders of its line that still wait, and no others', async (t) => {
  const { database, tools } = await testDatabase(t);
  await applyOnce(tools, sampleEvent('lines.ending'), sampleHouse);
  await applyOnce(tools, sampleEvent('lines.plan_started', {}, 2n), sampleHouse);
  await applyOnce(tools, sampleEvent('lines.ending', { lineId: 8n }, 3n), sampleHouse);
  await applyOnce(tools, sampleEvent('orders.applied', {}, 4n), sampleHouse);
  const states = (await listNotices(database, {})).map(({ kind, lineId, state }) => `${kind} ${lineId} ${state}`);
  assert.deepEqual([...new Set(states)].sort(), [
    'lines.ending 7 withdrawn',
    'lines.ending 8 waiting',
    'lines.plan_started 7 waiting',
    'orders.applied 7 waiting',
  ]);
});

test('what was told cannot be changed by the program', async (t) => {
  const { tools, connection } = await testDatabase(t);
  await applyOnce(tools, sampleEvent('orders.cancelled'), sampleHouse);
  const { default: pg } = await import('pg');
  const client = new pg.Client(connection);
  await client.connect();
  t.after(() => client.end());
  await assert.rejects(client.query("update notices.notice set body = ''"), /permission denied/);
  await assert.rejects(client.query('delete from notices.notice'), /permission denied/);
});

test('other events are nobody’s news', () => {
  assert.equal(isNoticeEvent({ kind: 'lines.data_low' }), true);
  assert.equal(isNoticeEvent({ kind: 'toString' }), false);
});

test('preferences start at the default and keep what is chosen; the essential cannot all go', async (t) => {
  const { database, tools } = await testDatabase(t);
  const choose = (channel: 'mail' | 'sms' | 'push') => setPreference(tools, { ...account, topic: 'payment', channel, wanted: false });
  await choose('mail');
  await choose('sms');
  const refused = await choose('push');
  assert.ok(isRefusal(refused) && refused.code === 'notices.one_channel_must_stay');
  assert.deepEqual((await readPreferences(database, account)).payment, { mail: false, sms: false, push: true });
  assert.deepEqual((await readPreferences(database, { slot: 1, accountId: 1n })).payment, { mail: true, sms: true, push: true });
});

test('two who each switch off another of the last two channels: one is refused', async (t) => {
  const { database, tools } = await testDatabase(t);
  const choose = (channel: 'mail' | 'sms' | 'push') => setPreference(tools, { ...account, topic: 'number', channel, wanted: false });
  await choose('mail');
  const both = await Promise.all([choose('sms'), choose('push')]);
  assert.equal(both.filter(isRefusal).length, 1);
  assert.equal(Object.values((await readPreferences(database, account)).number).filter(Boolean).length, 1);
});

test('the listing goes from page to page, by account and by channel', async (t) => {
  const { database, tools } = await testDatabase(t);
  for (const eventId of [1n, 2n]) await applyOnce(tools, sampleEvent('orders.applied', {}, eventId), sampleHouse);
  const first = await listNotices(database, { count: 4 });
  const rest = await listNotices(database, { before: first.at(-1)?.noticeId });
  assert.equal(new Set([...first, ...rest].map((notice) => notice.noticeId)).size, 6);
  assert.equal((await listNotices(database, { account, channel: 'sms' })).length, 2);
  assert.equal((await listNotices(database, { account: { slot: 1, accountId: 1n } })).length, 0);
});
