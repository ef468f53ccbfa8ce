/** The rules that are pure functions: channels, quiet hours, how an SMS counts, where a delivery may go. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANNELS, DELIVERY_LIFECYCLE, DELIVERY_STATES, type DeliveryEvent, TOPICS } from './notices.ts';
import { chooseChannels, ESSENTIAL, leavesEssentials, PREFERENCES_DEFAULT, preferencesFrom } from './preferences.ts';
import { dueAt } from './quiet-hours.ts';
import { countSegments, plainSms, withoutAccents } from './sms-text.ts';

const everywhere = { email: 'li@example.org', sms: '+12065550142', push: 'person_1' };

test('the default tells each topic on at least one channel, money by mail with its receipt', () => {
  for (const topic of TOPICS) assert.ok(chooseChannels(topic, everywhere, PREFERENCES_DEFAULT).length > 0, topic);
  assert.ok(PREFERENCES_DEFAULT.payment.mail);
});

test('a channel without a contact, or that is not wanted, is not used', () => {
  assert.deepEqual(chooseChannels('data', { email: 'li@example.org' }, PREFERENCES_DEFAULT), []);
  assert.deepEqual(chooseChannels('plan', everywhere, preferencesFrom({ plan: { sms: false } })), ['mail', 'push']);
  assert.deepEqual(chooseChannels('plan', { ...everywhere, email: '' }, PREFERENCES_DEFAULT), ['sms', 'push']);
});

test('news of money and of the number’s loss goes somewhere even where no wanted channel is reachable', () => {
  const onlyPush = { mail: false, sms: false, push: true };
  assert.deepEqual(chooseChannels('payment', { email: 'li@example.org', sms: '+1' }, preferencesFrom({ payment: onlyPush })), ['mail']);
  assert.deepEqual(chooseChannels('payment', {}, PREFERENCES_DEFAULT), []);
  for (const topic of ESSENTIAL)
    assert.equal(leavesEssentials(preferencesFrom({ [topic]: { mail: false, sms: false, push: false } })), false);
  assert.equal(leavesEssentials(preferencesFrom({ data: { mail: false, sms: false, push: false } })), true);
});

test('at night a reminder waits for eight in the morning of the market, news of money does not [LIFE-3]', () => {
  const zone = 'America/New_York';
  const cases = [
    ['2026-12-02T02:30:00Z', '2026-12-02T13:00:00.000Z'],
    ['2026-12-02T05:30:00Z', '2026-12-02T13:00:00.000Z'],
    ['2026-12-02T12:59:59Z', '2026-12-02T13:00:00.000Z'],
    ['2026-12-02T13:00:00Z', '2026-12-02T13:00:00.000Z'],
    ['2026-12-02T01:59:59Z', '2026-12-02T01:59:59.000Z'],
    // The clocks go back in that night: eight in the morning all the same.
    ['2026-11-01T02:00:00Z', '2026-11-01T13:00:00.000Z'],
  ] as const;
  for (const [at, due] of cases) assert.equal(dueAt('lines.ending', 'sms', new Date(at), zone).toISOString(), due, at);
  const night = new Date('2026-12-02T05:30:00Z');
  assert.equal(dueAt('lines.ending', 'mail', night, zone), night);
  assert.equal(dueAt('orders.applied', 'sms', night, zone), night);
  assert.equal(dueAt('lines.exhausted', 'push', night, zone), night);
});

test('quiet hours within one day are kept too', () => {
  const noon = { fromHour: 12, untilHour: 14 };
  assert.equal(dueAt('lines.ending', 'sms', new Date('2026-12-02T12:30:00Z'), 'UTC', noon).toISOString(), '2026-12-02T14:00:00.000Z');
  const after = new Date('2026-12-02T14:00:00Z');
  assert.equal(dueAt('lines.ending', 'sms', after, 'UTC', noon), after);
});

test('an SMS counts as the network counts it', () => {
  assert.deepEqual(
    ['a'.repeat(160), 'a'.repeat(161), '€'.repeat(80), '€'.repeat(81), 'a'.repeat(306), 'a'.repeat(307)].map(countSegments),
    [1, 2, 1, 2, 2, 3],
  );
  assert.deepEqual(
    ['中'.repeat(70), '中'.repeat(71), '中'.repeat(134), '中'.repeat(135), `${'a'.repeat(69)}í`, `${'a'.repeat(70)}í`].map(countSegments),
    [1, 2, 2, 3, 1, 2],
  );
  assert.equal(countSegments('¿Qué año? ¡Ñandú: ñ, ü, à, ç'.replace('ú', 'u').replace(', ç', '')), 1);
});

test('Spanish that would be too long loses only the accents an SMS has no room for', () => {
  assert.equal(withoutAccents('¿Qué número? ¡Sí! Año, crédito, último día'), '¿Qué numero? ¡Si! Año, crédito, ultimo dia');
});

test('typographic signs that would halve the room are written plainly', () => {
  assert.equal(plainSms('Li’s “5\u00a0GB” – 8·9 …  end '), 'Li\'s "5 GB" - 8-9 ... end');
  assert.equal(plainSms('剩余 2.1\u00a0GB · “好”'), '剩余 2.1 GB · “好”');
});

test('a delivery moves only as its table says', () => {
  const events: readonly DeliveryEvent[] = ['send', 'keep', 'give_up', 'withdraw'];
  const moves = DELIVERY_STATES.flatMap((state) =>
    events.flatMap((event) => (DELIVERY_LIFECYCLE[state][event] ? [`${state} ${event} ${DELIVERY_LIFECYCLE[state][event]}`] : [])),
  );
  assert.deepEqual(moves, [
    'waiting send sent',
    'waiting keep kept',
    'waiting give_up failed',
    'waiting withdraw withdrawn',
    'withdrawn send sent',
  ]);
  assert.equal(CHANNELS.length, 3);
});
