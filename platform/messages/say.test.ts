import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from '#platform/refusals';
import { say, sayDecline, sayLoosely, sayRefusal } from './index.ts';
import type { PlaceholdersOf, ValuesOf } from './template-values.ts';

const zone = 'America/New_York';
const presentEnd = new Date('2026-11-29T05:00:00Z');

test('a sentence says its dates, in the zone it is given and the language of its reader [BUY-3]', () => {
  const values = { presentEnd, usableUntil: new Date('2026-12-29T05:00:00Z'), zone };
  assert.match(say('en', 'rule.renew_now', values), /its own end, Sat 28 Nov; then this period runs until Mon 28 Dec\./);
  assert.match(say('es', 'rule.renew_now', values), /conserva su final, sáb 28 nov; .* hasta lun 28 dic\./);
  assert.match(say('zh-Hans', 'rule.renew_now', values), /到期日不变（11月28日 周六）；新的一期用至 12月28日 周一。/);
  assert.match(say('zh-Hant', 'rule.renew_now', values), /到期日不變（11月28日 週六）；新的一期用至 12月28日 週一。/);
});

test('plurals follow the rules of each language', () => {
  const ago = (language: 'en' | 'es' | 'zh-Hans', minutes: number) =>
    say(language, 'rule.recently_paid', { paidAt: presentEnd, minutes, zone });
  assert.match(ago('en', 0), /less than a minute ago/);
  assert.match(ago('en', 1), /1 minute ago/);
  assert.match(ago('en', 7), /7 minutes ago/);
  assert.match(ago('es', 1), /hace 1 minuto\./);
  assert.match(ago('es', 7), /hace 7 minutos\./);
  assert.match(ago('zh-Hans', 7), /（7 分钟前）/);
});

test('a refusal says its own values, money from shortMinor and currency', () => {
  const refusal = new Refusal('ledger.balance_short', { shortMinor: 131n, currency: 'USD' });
  assert.equal(sayRefusal('en', refusal), 'The balance is $1.31 short. Top up that amount, or pay another way.');
  assert.equal(sayRefusal('zh-Hans', refusal), '余额还差 $1.31。请充值这一数额，或换一种付款方式。');
});

test('a refusal without words of its own, or a value that is missing, still gives a sentence', () => {
  assert.match(sayRefusal('en', new Refusal('nobody.wrote_this')), /^This cannot be done right now\./);
  assert.match(sayRefusal('en', new Refusal('lines.number_invalid')), /is not a mobile number/);
  assert.match(sayLoosely('en', 'rule.tax_added', { tax: '1.31' }), /Tax of 1\.31 is added/);
});

test('a decline we have no words for reads as the general one [PAY-5]', () => {
  assert.equal(sayDecline('es', 'never_heard_of'), sayDecline('es', 'generic'));
  assert.notEqual(sayDecline('es', 'insufficient_funds'), sayDecline('es', 'generic'));
});

test('wrong keys and missing or mistyped values do not compile', () => {
  const neverRun = () => {
    // @ts-expect-error no such key
    say('en', 'rule.renew_nwo', {});
    // @ts-expect-error the zone is missing
    say('en', 'rule.forfeited', { end: presentEnd });
    // @ts-expect-error the value is missing
    say('en', 'rule.tax_added');
    // @ts-expect-error money is minor units and a currency, never a number
    say('en', 'rule.tax_added', { tax: 1.31 });
    // @ts-expect-error no such value
    say('en', 'rule.tax_added', { tax: { currency: 'USD', minor: 131n }, tacks: 'x' });
    // @ts-expect-error a language we do not speak
    say('fr', 'rule.tax_none');
    say('en', 'rule.tax_none');
  };
  assert.equal(typeof neverRun, 'function');
});

test('the compiler reads nested branches: what stands inside a plural is asked for too', () => {
  type Nested = '{count, plural, one {# line of {owner}} other {# lines until {end, day}}}, {total, money}';
  const values: ValuesOf<Nested> = { count: 2n, owner: 'Li', end: presentEnd, total: { currency: 'USD', minor: 1n }, zone };
  const kind: PlaceholdersOf<Nested>['kind'] = 'money';
  assert.deepEqual([Object.keys(values).length, kind], [5, 'money']);
});
