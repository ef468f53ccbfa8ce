import assert from 'node:assert/strict';
import { test } from 'node:test';
import { money } from '#domain/money';
import { LANGUAGES, type Language } from '#platform/messages';
import { composeNotice, type Wanted } from './compose-notice.ts';
import type { Role } from './find-readers.ts';
import type { NoticeEvent, NoticeKind } from './notice-events.ts';
import { KINDS, type NoticeHouse } from './notices.ts';
import { houseWithPlanNamed, SAMPLE_NUMBER, sampleEvent, sampleHouse } from './sample-house.ts';
import { countSegments, isGsm } from './sms-text.ts';

const kinds = Object.keys(KINDS) as NoticeKind[];
const compose = (event: NoticeEvent, language: Language, house: NoticeHouse = sampleHouse, role: Role = 'own') =>
  composeNotice(event, { house, language, zone: 'America/New_York', role, smsTo: SAMPLE_NUMBER });
const all = kinds.flatMap((kind) => LANGUAGES.map((language) => ({ kind, language, words: compose(sampleEvent(kind), language) })));

test('every event has its words on every channel in every language [FX-3]', () => {
  for (const { kind, language, words } of all) {
    for (const [part, text] of Object.entries(words)) {
      assert.ok(text.length > 0, `${kind} ${language} ${part}`);
      assert.doesNotMatch(text, /undefined|null|\[object|\{|\}.*\{| {2,}(?!\n)/, `${kind} ${language} ${part}: ${text}`);
      if (part !== 'url' && language.startsWith('zh')) assert.match(text, /\p{Script=Han}/u, `${kind} ${language} ${part}`);
    }
  }
});

test('an SMS fits two messages, English in the GSM alphabet', () => {
  for (const { kind, language, words } of all) {
    assert.ok(countSegments(words.sms) <= 2, `${kind} ${language}: ${countSegments(words.sms)} messages: ${words.sms}`);
    if (language === 'en') assert.ok(isGsm(words.sms), words.sms);
  }
});

test('the number, the date and the money are said', () => {
  const { sms, subject, text } = compose(sampleEvent('orders.applied'), 'zh-Hans');
  assert.equal(
    sms,
    'Northwind Mobile：已付 $21.81，月租 5 GB + 流量包 1 GB 已生效。用至 1月2日 周六。收据 US-417-000123 https://renew.northwind.example/o/dGhpcyBpcyBhIHNlY3JldA',
  );
  assert.equal(subject, '收据 US-417-000123：月租 5 GB + 流量包 1 GB $21.81');
  assert.match(text, /\+1 206 555 0142 .*已收款 \$21\.81/);
  assert.match(text, /税: \$1\.81\n合计: \$21\.81\n收据: US-417-000123/);
});

test('who reads it on another phone is told of which number it is', () => {
  const event = sampleEvent('lines.exhausted');
  assert.match(compose(event, 'en').sms, /^Northwind Mobile: your data is used up\. Speed is now 128 kbit\/s; nothing extra is charged\./);
  const other = composeNotice(event, { house: sampleHouse, language: 'en', zone: 'UTC', role: 'own', smsTo: '+12065550101' });
  assert.match(other.sms, /^Northwind Mobile \+12065550142: your data/);
});

test('each way a plan ends its data is told in its own words', () => {
  const policy = (kind: 'stop' | 'pay_as_you_go') => compose(sampleEvent('lines.exhausted', { policy: { kind } }), 'en').push;
  assert.equal(policy('stop'), 'Data has stopped; nothing extra is charged.');
  assert.equal(policy('pay_as_you_go'), 'More data is now paid from your balance.');
});

test('a line at its cap is told that its share is used up and who can raise it, in every language, in two messages [SIM-4, FX-3]', () => {
  const event = sampleEvent('lines.exhausted', { capReached: true });
  const says = {
    en: /owner of the account can raise/,
    es: /titular de la cuenta puede ampliar/,
    'zh-Hans': /账户机主可以提高份额/,
    'zh-Hant': /帳戶持有人可以提高份額/,
  };
  for (const language of LANGUAGES) {
    const words = compose(event, language);
    for (const text of [words.sms, words.text, words.push]) assert.match(text, says[language]);
    for (const text of Object.values(words))
      assert.doesNotMatch(text, /undefined|\{|your data is used up|流量已用完|Se agotaron tus datos/);
    assert.ok(countSegments(words.sms) <= 2, `${countSegments(words.sms)}: ${words.sms}`);
    assert.match(words.sms, /line\?number=/);
  }
  assert.ok(isGsm(compose(event, 'en').sms));
  assert.match(compose(event, 'en').sms, /your share of the shared data is used up\. Speed is now 128 kbit\/s/);
});

test('the days of suspension and of number loss follow the market [LIFE-2]', () => {
  assert.match(compose(sampleEvent('lines.expired'), 'en').sms, /Renew by Thu 31 Dec .* lost on Mon 1 Mar\./);
  assert.match(compose(sampleEvent('lines.suspended'), 'en').sms, /before Sat 30 Jan /);
  assert.match(compose(sampleEvent('lines.parked'), 'en').sms, /lost on Thu 31 Dec /);
});

test('money given back names its credit note where there is one, and only a reason that has words', () => {
  assert.match(compose(sampleEvent('orders.refunded'), 'en').push, /The number had changed hands\. Credit note US-417-C-000007\.$/);
  const bare = compose(sampleEvent('orders.refunded', { creditNoteNumber: null, reason: 'the clerk’s own words' }), 'zh-Hans');
  assert.equal(bare.push, '已按原付款方式退回。');
  assert.doesNotMatch(bare.text, /退款凭证|clerk/);
});

test('a guest who paid reads nothing of the line but what they bought; whose line it is reads nothing of the payer [ID-6]', () => {
  const event = sampleEvent('orders.applied', { guest: true });
  for (const language of LANGUAGES) {
    const guest = JSON.stringify(compose(event, language, sampleHouse, 'guest'));
    assert.doesNotMatch(guest, /3\.20|555|0142/);
    assert.match(guest, /21\.81/);
    assert.equal(guest, JSON.stringify(compose({ ...event, payload: { ...event.payload, newEnd: null } }, language, sampleHouse, 'guest')));
    const owner = compose(event, language, sampleHouse, 'paid_for');
    assert.doesNotMatch(JSON.stringify(owner), /21\.81|US-417|\/o\//);
    assert.match(owner.sms, /3\.20/);
    assert.ok(countSegments(owner.sms) <= 2);
    assert.equal(owner.url, 'https://renew.northwind.example/line?number=%2B12065550142');
  }
});

test('what was taken back is told to whose line it is without price, payer or order, in every language [ID-6]', () => {
  const takenBack = { newEnd: new Date('2027-01-03T05:00:00Z'), balance: money('USD', 320n) };
  const event = sampleEvent('orders.refunded', { guest: true, takenBack });
  for (const language of LANGUAGES) {
    const owner = compose(event, language, sampleHouse, 'paid_for');
    for (const text of Object.values(owner)) assert.doesNotMatch(text, /undefined|21\.81|US-417|\/o\//);
    assert.match(owner.sms, /5 GB/);
    assert.match(owner.sms, /3\.20/);
    assert.ok(countSegments(owner.sms) <= 2, owner.sms);
    const guest = JSON.stringify(compose(event, language, sampleHouse, 'guest'));
    assert.doesNotMatch(guest, /3\.20|0142/);
    assert.match(guest, /21\.81/);
  }
});

test('a renewal price to which tax is added says so', () => {
  assert.match(compose(sampleEvent('lines.ending'), 'en').text, /Renewal \$15\.00 \+ tax\./);
  assert.match(
    compose(sampleEvent('lines.ending', { planCode: null, planVersion: null }), 'en').text,
    /^Northwind Mobile\n\n\+12065550142 on \+1/,
  );
});

test('what does not apply is not mentioned', () => {
  const { sms, push } = compose(sampleEvent('orders.applied', { newEnd: null, balance: null }), 'en');
  assert.doesNotMatch(sms, /Lasts|Balance/);
  assert.equal(push, 'Monthly 5 GB + Pack 1 GB is applied.');
});

test('a queued plan says when it starts', () => {
  const items = [
    {
      kind: 'queue' as const,
      names: { en: 'Year', es: 'Año', 'zh-Hans': '年', 'zh-Hant': '年' },
      startsAt: new Date('2027-01-03T05:00:00Z'),
    },
  ];
  assert.match(compose(sampleEvent('orders.applied', { items, balance: null }), 'en').push, /Starts Sun 3 Jan 2027, 00:00\./);
});

test('an SMS that would be too long leaves out details, never the link', () => {
  const long = 'Unlimited talk, text and data with roaming in Canada and Mexico, family of four';
  const items = [{ kind: 'renew' as const, names: { en: long, es: long, 'zh-Hans': long, 'zh-Hant': long } }];
  const { sms } = compose(sampleEvent('orders.applied', { items, total: money('USD', 1n) }), 'zh-Hans');
  assert.doesNotMatch(sms, /用至|余额/);
  assert.match(sms, /\/o\/dGhpcyBpcyBhIHNlY3JldA$/);
});

test('a plan’s name can neither add a mail header nor run in the mail', () => {
  const house = houseWithPlanNamed('5 GB\r\nBcc: all@example.org<img src=x onerror=alert(1)>"&');
  for (const language of LANGUAGES) {
    const words = compose(sampleEvent('lines.ending'), language, house);
    assert.doesNotMatch(words.subject, /[\r\n]/);
    assert.doesNotMatch(words.pushTitle, /[\r\n]/);
    assert.doesNotMatch(words.html, /<img/);
    assert.match(words.html, /&lt;img src=x onerror=alert\(1\)&gt;&quot;&amp;/);
  }
});

test('only web addresses are linked', () => {
  const { html } = compose(sampleEvent('orders.cancelled', { orderUrl: 'javascript:alert(1)' }), 'en');
  assert.match(html, /href="#"/);
});

test('a kind whose templates want a value it is not given does not compile', () => {
  // @ts-expect-error the receipt's number is missing
  const values: Wanted<'orders.applied'> = { items: '', total: money('USD', 1n) };
  assert.ok(values);
});
