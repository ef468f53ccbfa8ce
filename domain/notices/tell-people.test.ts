/** News of a person: codes that rest sealed until they are sent, changes told to the contact they are for, preferences of one's own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addLine } from '#domain/lines';
import { addMember, addPerson, askCode, CODE_SEAL, type CodePurpose, type Contact, type ToldChange } from '#domain/people';
import { readEntries } from '#domain/records';
import { MINUTE_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { slotOf } from '#platform/ids';
import { decodeJson } from '#platform/json';
import { LANGUAGES } from '#platform/messages';
import { applyWaiting, type Consumer } from '#platform/outbox';
import { isRefusal } from '#platform/refusals';
import { codeSent, type PeopleTest, peopleTest } from '#tests/people';
import { composePersonNotice } from './compose-person-notice.ts';
import {
  applyEvent,
  fillCode,
  isNoticeEvent,
  listNotices,
  type Mail,
  type PersonNoticeEvent,
  readPersonPreferences,
  readPreferences,
  type Senders,
  type Sms,
  sendWaiting,
  setPersonPreference,
  setPreference,
} from './index.ts';
import { CODE_PLACE } from './notices.ts';
import { applyOnce, SAMPLE_ACCOUNT, SAMPLE_NUMBER, sampleEvent, sampleHouse } from './sample-house.ts';
import { countSegments, isGsm } from './sms-text.ts';

const EMAIL: Contact = { kind: 'email', value: 'lin@example.com', holder: null };
const NUMBER: Contact = { kind: 'number', value: SAMPLE_NUMBER, holder: null };
const CHANGES: readonly ToldChange[] = [
  ...(['email_changed', 'number_changed', 'number_moved', 'user_name_changed', 'password_changed', 'password_reset'] as const),
  ...(['passkey_added', 'passkey_removed', 'line_linked', 'line_shared', 'line_unlinked'] as const),
];
const PURPOSES: readonly CodePurpose[] = ['enter', 'reset', 'prove', 'contact', 'link'];

function senders() {
  const mails: Mail[] = [];
  const texts: Sms[] = [];
  const keep =
    <Message>(list: Message[]) =>
    async (message: Message) => {
      list.push(message);
      return { kind: 'sent', answer: 'ok' } as const;
    };
  const all: Senders = { mail: { send: keep(mails) }, sms: { send: keep(texts) } };
  return { mails, texts, all };
}

async function ask({ tools }: PeopleTest, contact: Contact): Promise<string> {
  assert.ok(!isRefusal(await askCode(tools, { purpose: 'enter', contact, language: 'zh-Hans', source: 'home' })));
  const consumer: Consumer = {
    name: 'notices',
    kinds: 'all',
    apply: async (tx, event) => {
      if (isNoticeEvent(event)) await applyEvent(tools, tx, event, sampleHouse);
    },
  };
  await applyWaiting(tools, [consumer]);
  return codeSent(tools, contact.value);
}

test('a code leaves by mail or SMS in its reader’s language, and rests nowhere in clear text (S2) [ID-1]', async (t) => {
  const tested = await peopleTest(t);
  const { mails, texts, all } = senders();
  const [byMail, bySms] = [await ask(tested, EMAIL), await ask(tested, NUMBER)];
  assert.equal((await sendWaiting(tested.tools, all)).sent, 2);
  assert.equal(texts[0]?.text, `Northwind Mobile：${bySms} 是您登录的验证码，10 分钟内有效，只能用一次。请勿告诉任何人，包括我们。`);
  assert.equal(mails[0]?.subject, `${byMail} 是您登录的验证码`);
  assert.ok(mails[0]?.text.includes(byMail) && mails[0]?.html.includes(byMail));
  for (const notice of await listNotices(tested.database, {})) {
    const { sealed: _, ...open } = notice;
    const text = JSON.stringify(open, (_, value) => (typeof value === 'bigint' ? '' : value));
    assert.ok(text.includes(CODE_PLACE) && !text.includes(byMail) && !text.includes(bySms));
    assert.equal(notice.lineId, null);
    assert.ok(fillCode(tested.tools.sealer, notice, tested.clock.transport()).body.includes(notice.channel === 'sms' ? bySms : byMail));
  }
});

test('a code that could not leave in time is not sent any more', async (t) => {
  const tested = await peopleTest(t);
  const { texts, all } = senders();
  await ask(tested, NUMBER);
  tested.clock.advance(10 * MINUTE_MS);
  assert.deepEqual(await sendWaiting(tested.tools, all), { sent: 0, kept: 0, notNow: 0, failed: 1 });
  const [notice] = await listNotices(tested.database, {});
  assert.deepEqual([texts.length, notice?.state, notice?.answer], [0, 'failed', 'the code is too old']);
});

test('every purpose and change has its words, in two SMS at most, English in the GSM alphabet', () => {
  const place = { slot: 1, accountId: 1n, eventId: 1n, at: new Date('2026-12-01T17:00:00Z') };
  for (const language of LANGUAGES) {
    const codes = PURPOSES.map(
      (purpose): PersonNoticeEvent => ({ ...place, kind: 'people.code', payload: { language, to: NUMBER, purpose, sealed: 'x' } }),
    );
    const changes = CHANGES.map(
      (what): PersonNoticeEvent => ({ ...place, kind: 'people.changed', payload: { language, to: NUMBER, what, number: '+12065550142' } }),
    );
    for (const event of [...codes, ...changes]) {
      const words = composePersonNotice(event, sampleHouse);
      assert.ok(countSegments(words.sms) <= 2, words.sms);
      if (language === 'en') assert.ok(isGsm(words.sms), words.sms);
      for (const text of Object.values(words)) assert.doesNotMatch(text, /undefined|\{|\}/);
      assert.equal(event.kind === 'people.code', words.sms.includes(CODE_PLACE));
    }
  }
  assert.match(
    composePersonNotice(
      { ...place, kind: 'people.changed', payload: { language: 'en', to: EMAIL, what: 'line_shared', number: SAMPLE_NUMBER } },
      sampleHouse,
    ).text,
    /\+1 206 555 0142 .*\/security/s,
  );
});

test('a change is told whatever the reader switched off, at any hour; a number that moved since is told nothing (S3)', async (t) => {
  const { tools, database } = await peopleTest(t);
  const line = await database.transaction((tx) => addLine(tools, tx, sampleHouse.catalog, { number: SAMPLE_NUMBER, market: 'US' }));
  assert.ok(!isRefusal(line));
  const tell = (eventId: bigint) => {
    const payload = { language: 'en', what: 'password_changed', to: { ...NUMBER, holder: `${line.lineId}/1` } } as const;
    const event: PersonNoticeEvent = {
      slot: 5,
      accountId: 5n,
      eventId,
      at: new Date('2026-12-02T05:30:00Z'),
      kind: 'people.changed',
      payload,
    };
    return database.transaction((tx) => applyEvent(tools, tx, event, sampleHouse));
  };
  const [told] = await tell(1n);
  assert.deepEqual([told?.recipient, told?.channel, told?.sealed], [SAMPLE_NUMBER, 'sms', null]);
  assert.equal((await listNotices(database, {}))[0]?.dueAt.toISOString(), '2026-12-02T05:30:00.000Z');
  await database.query(parseStatement('test.claim-anew', 'update lines.number set claim_count = claim_count + 1'), {});
  assert.deepEqual(await tell(2n), []);
});

test('what a person chose lies over what the account chose, for their lines and for orders they place, with its entry (S4)', async (t) => {
  const { tools, database, clock } = await peopleTest(t);
  const account = { slot: slotOf(SAMPLE_ACCOUNT), accountId: SAMPLE_ACCOUNT };
  const personId = await addPerson(tools, database, { name: 'Lin', language: 'en', email: 'lin@example.org', number: null });
  await addMember(database, { ...account, personId, role: 'owner', at: clock.business() });
  await setPreference(tools, { ...account, topic: 'data', channel: 'push', wanted: false });
  const chosen = await setPersonPreference(tools, { personId, topic: 'data', channel: 'mail', wanted: true });
  assert.ok(!isRefusal(chosen) && chosen.data.mail);
  assert.deepEqual((await readPersonPreferences(database, personId)).data, { mail: true, sms: true, push: true });
  assert.deepEqual((await readPreferences(database, account, personId)).data, { mail: true, sms: true, push: false });
  const told = await applyOnce(tools, sampleEvent('lines.data_low'), sampleHouse);
  assert.deepEqual(
    told.map(({ channel }) => channel),
    ['mail', 'sms'],
  );
  await setPersonPreference(tools, { personId, topic: 'payment', channel: 'sms', wanted: false });
  const ordered = await applyOnce(tools, sampleEvent('orders.applied', { personId }, 2n), sampleHouse);
  assert.deepEqual(
    ordered.map(({ channel }) => channel),
    ['mail', 'push'],
  );
  const [entry] = await readEntries(database, { slot: slotOf(personId), accountId: personId });
  assert.deepEqual([entry?.action, entry?.after], ['notices.set_preference', { topic: 'data', channel: 'mail', wanted: true }]);
  await setPersonPreference(tools, { personId, topic: 'payment', channel: 'mail', wanted: false });
  const refused = await setPersonPreference(tools, { personId, topic: 'payment', channel: 'push', wanted: false });
  assert.ok(isRefusal(refused) && refused.code === 'notices.one_channel_must_stay');
});

test('a sealed code opens for its purpose only', async (t) => {
  const { tools, database, clock } = await peopleTest(t);
  await askCode(tools, { purpose: 'enter', contact: EMAIL, language: 'en', source: 'home' });
  const [event] = (await database.query(
    parseStatement('test.first-code', "select payload from outbox.event where kind = 'people.code'"),
    {},
  )) as { payload: unknown }[];
  const { sealed } = decodeJson<{ sealed: string }>(event?.payload);
  assert.equal(tools.sealer.unseal('line', sealed, clock.transport()), undefined);
  assert.match(tools.sealer.unseal(CODE_SEAL, sealed, clock.transport()) ?? '', /^\d{6}$/);
});
