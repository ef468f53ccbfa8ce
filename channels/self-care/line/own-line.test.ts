import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Asker } from '#channels/web';
import { findNumber, reportUse, runDueLines } from '#domain/lines';
import { joinLine, type Order, openOrder } from '#domain/orders';
import { attemptsOfOrder } from '#domain/payments';
import { addMember } from '#domain/people';
import { linkSim, stockSim } from '#domain/sims';
import { DAY_MS } from '#platform/clock';
import { doorHouse, READER, readerWho, refused, selfCareOf, shown } from '#tests/doors';
import { activeLine, allowed, buy, coolOff, fillBalance, newPerson, OPERATOR, PACK, personWithCard, stateOf } from '#tests/house';
import { lineIdOf } from './own-line.ts';

const GB = 10n ** 9n;

test('an owner sees the line, its orders and statements; a user the line and its use; a payer what a guest does; nobody another’s (S1) [SEE-1, SEE-4]', async (t) => {
  const doors = await doorHouse(t);
  const { lines } = selfCareOf(doors);
  const line = await activeLine(doors);
  const [owner, user, payer] = [await newPerson(doors, line), await newPerson(doors, line, 'user'), await newPerson(doors, line, 'payer')];
  const stranger = await newPerson(doors, await activeLine(doors));
  const { id } = shown(await lines.listLines(readerWho(owner))).lines[0] ?? assert.fail();
  const asked = await Promise.all(
    [owner, user, payer, stranger].map(async (person) => {
      const who = readerWho(person);
      const answers = [
        lines.showLine(who, { id }),
        lines.listOrders(who, { id }),
        lines.readStatement(who, { id }),
        lines.help(who, { of: id }),
      ];
      return (await Promise.all(answers)).map((answer) => !('refused' in answer));
    }),
  );
  assert.deepEqual(asked, [
    [true, true, true, true],
    [true, true, false, true],
    [false, false, false, false],
    [false, false, false, false],
  ]);
  const [ofPayer] = shown(await lines.listLines(readerWho(payer))).lines;
  assert.match(ofPayer?.number ?? '', /•/);
  assert.deepEqual([ofPayer?.state, typeof ofPayer?.ref, ofPayer?.renewal], [undefined, 'string', undefined]);
  assert.equal(shown(await lines.listLines(readerWho(user))).lines[0]?.renewal, 'renew', 'whoever sees the line renews it from the list');
  assert.equal(refused(await lines.showLine(READER, { id })).code, 'self-care.sign_in_needed');
});

test('help for a number that is lost does not offer to renew it: only people can help then [SEE-1, LIFE-2]', async (t) => {
  const doors = await doorHouse(t);
  const { lines } = selfCareOf(doors);
  const line = await activeLine(doors);
  const owner = await newPerson(doors, line);
  const { id } = shown(await lines.listLines(readerWho(owner))).lines[0] ?? assert.fail();
  doors.clock.moveBusinessTo(new Date(doors.clock.businessMs + 300 * DAY_MS));
  await runDueLines(doors.tools, doors.cache.latest());
  assert.equal(shown(await lines.showLine(readerWho(owner), { id })).state, 'lost');
  const { checks, advice } = shown(await lines.help(readerWho(owner), { of: id }));
  assert.match(checks[0]?.step?.href ?? '', /^mailto:/);
  assert.deepEqual(advice, [], 'and what helps a slow phone helps nothing here');
});

test('a line that pays as it goes, with no data to use up first, says what data costs [SEE-1]', async (t) => {
  const doors = await doorHouse(t);
  const { lines } = selfCareOf(doors);
  const line = await activeLine(doors);
  const owner = await newPerson(doors, line);
  await buy(doors, line, [{ kind: 'change', product: 'payg' }], { asker: owner, way: { kind: 'balance' } });
  const { id } = shown(await lines.listLines(readerWho(owner))).lines[0] ?? assert.fail();
  doors.clock.moveBusinessTo(new Date(doors.clock.businessMs + 40 * DAY_MS));
  const { details, warnings } = shown(await lines.showLine(readerWho(owner), { id }));
  const keys = [...details, ...warnings].map(({ key }) => key);
  assert.ok(keys.includes('line.pay_as_you_go_price') && !keys.includes('rule.exhausted_pay_as_you_go'), keys.join(' '));
});

test('of an order that somebody else paid, the owner is given neither its link nor its receipt [SEE-4, ID-6]', async (t) => {
  const doors = await doorHouse(t);
  const { lines } = selfCareOf(doors);
  const line = await activeLine(doors);
  const owner = await newPerson(doors, line);
  await buy(doors, line, [PACK], { asker: owner });
  const { id } = shown(await lines.listLines(readerWho(owner))).lines[0] ?? assert.fail();
  const rows = [
    shown(await lines.listOrders(readerWho(owner), { id })).orders,
    shown(await lines.readStatement(readerWho(owner), { id })).paid.toReversed(),
  ];
  for (const orders of rows)
    assert.deepEqual(
      orders.map(({ names, secret, receiptNumber }) => [names[0], typeof secret, typeof receiptNumber]),
      [
        ['1 GB pack', 'string', 'string'],
        ['Monthly 5 GB', 'undefined', 'undefined'],
      ],
    );
});

test('the review of a quote tells who may see the line its dates and kept methods, and whoever else has the link nothing of them [PAY-3, ID-6]', async (t) => {
  const doors = await doorHouse(t);
  const care = selfCareOf(doors);
  const line = await activeLine(doors);
  const { person } = await personWithCard(doors, line);
  const friend = await newPerson(doors, await activeLine(doors));
  await addMember(doors.database, {
    slot: line.slot,
    accountId: line.accountId,
    personId: friend.personId,
    role: 'payer',
    at: doors.clock.business(),
  });
  const { id } = shown(await care.lines.listLines(readerWho(person))).lines[0] ?? assert.fail();
  const { secret } = shown(await care.lines.quote(readerWho(person), { id, choices: [{ item: 'change:month-unlimited' }] }));
  const own = shown(await care.readQuote(readerWho(person), { secret }));
  assert.deepEqual([own.methods[0]?.kind, own.lineId, own.changes[0]?.key], ['saved', id, 'rule.change_now']);
  for (const other of [READER, readerWho(friend)]) {
    const view = shown(await care.readQuote(other, { secret }));
    assert.deepEqual(
      [view.methods[0]?.kind, view.lineId, view.fromBalance, view.changes[0]?.key],
      ['card', undefined, undefined, 'web.guest.renew'],
    );
  }
});

test('the data of a hotspot is shown beside the phone’s own, and a roaming pass among what was bought [BUY-1, BUY-4, BUY-6]', async (t) => {
  const doors = await doorHouse(t);
  const { lines } = selfCareOf(doors);
  const line = await activeLine(doors, { plan: 'month-20gb-hotspot' });
  const owner = await newPerson(doors, line);
  await buy(doors, line, [{ kind: 'pack', product: 'roam-mexico-canada-7d' }], { asker: owner });
  const { id } = shown(await lines.listLines(readerWho(owner))).lines[0] ?? assert.fail();
  const { packages } = shown(await lines.showLine(readerWho(owner), { id }));
  const told = packages.map(({ name, parts }) => [
    name,
    ...parts.map(({ service, hotspot, left }) => `${hotspot ? 'hotspot' : service} ${left}`),
  ]);
  assert.deepEqual(told.toSorted(), [
    ['Mexico and Canada pass', 'data 2000000000', 'voice 3600', 'message 100'],
    ['Monthly 20 GB with hotspot', 'data 20000000000', 'hotspot 5000000000', 'voice null', 'message null'],
  ]);
  const { plans } = shown(await lines.compare(readerWho(owner), { of: id }));
  const data = plans.find(({ code }) => code === 'month-20gb-hotspot')?.data.map(({ hotspot, quantity }) => [hotspot === true, quantity]);
  assert.deepEqual(data, [
    [false, 20_000_000_000n],
    [true, 5_000_000_000n],
  ]);
});

test('a method is kept when its payer ticks so, is offered on the order page to them alone, and waits with the balance while it cools off (S3) [PAY-1, BUY-3]', async (t) => {
  const doors = await doorHouse(t);
  const care = selfCareOf(doors);
  const line = await activeLine(doors);
  await fillBalance(doors, line, 9000n);
  const { person } = await personWithCard(doors, line);
  const { id } = shown(await care.lines.listLines(readerWho(person))).lines[0] ?? assert.fail();
  const reviewed = async () => shown(await care.readQuote(readerWho(person), await ask()));
  const ask = async () => shown(await care.lines.quote(readerWho(person), { id, choices: [{ item: 'renew' }] }));
  const { secret: quoteSecret, key, termsVersion: acceptedTerms, keepable } = await reviewed();
  assert.equal(keepable, true);
  const { orderSecret } = shown(await care.place(readerWho(person), { quoteSecret, key, method: 'card', keepMethod: true, acceptedTerms }));
  const kinds = async (who: Asker) => {
    const { methods, keepable: keeps } = shown(await care.readOrder(who, { secret: orderSecret }));
    return [methods[0]?.kind, keeps];
  };
  assert.deepEqual(
    [await kinds(readerWho(person)), await kinds(READER)],
    [
      ['saved', true],
      ['card', false],
    ],
  );
  const attempts = await attemptsOfOrder(doors.database, (await openOrder(doors.database, orderSecret)) as Order);
  assert.deepEqual(
    attempts.map(({ saveMethod }) => saveMethod),
    [true],
  );
  await coolOff(doors, person);
  assert.deepEqual(await kinds(readerWho(person)), ['card', true]);
  const cooling = await reviewed();
  assert.deepEqual([cooling.methods[0]?.kind, cooling.fromBalance, cooling.waits?.values['hours']], ['card', undefined, 24]);
  assert.equal(shown(await care.lines.showLine(readerWho(person), { id })).method, undefined);
  const balance = { quoteSecret: cooling.secret, key: cooling.key, method: 'balance', acceptedTerms };
  const told = refused(await care.place(readerWho(person), balance));
  assert.deepEqual([told.code, told.field], ['people.cooling_off', 'method']);
  assert.match(told.text, /another method/);
});

test('help looks at the SIM too: its last digits, or that there is none and whom to ask [SEE-1]', async (t) => {
  const doors = await doorHouse(t);
  const { lines } = selfCareOf(doors);
  const line = await activeLine(doors);
  const owner = await newPerson(doors, line);
  const { id } = shown(await lines.listLines(readerWho(owner))).lines[0] ?? assert.fail();
  const ofSim = async () =>
    shown(await lines.help(readerWho(owner), { of: id })).checks.find(({ text }) => text.key.startsWith('line.help_sim'));
  assert.deepEqual([(await ofSim())?.ok, (await ofSim())?.step?.href.startsWith('mailto:')], [false, true]);
  await doors.database.transaction(async (tx) => {
    allowed(await stockSim(tx, { iccid: '8901260123456789011', imsi: '310260123456789' }));
    allowed(await linkSim(tx, { ...line, iccid: '8901260123456789011', at: doors.clock.business() }));
  });
  assert.deepEqual([(await ofSim())?.ok, (await ofSim())?.text.values], [true, { last: '89011' }]);
});

test('a line that joined the account says from when on its use and orders are told here; what was before stays where it was (S1) [SEE-2, SIM-4]', async (t) => {
  const doors = await doorHouse(t);
  const { lines } = selfCareOf(doors);
  const [line, parent] = [await activeLine(doors), await activeLine(doors)];
  const [before, owner] = [await newPerson(doors, line), await newPerson(doors, parent)];
  await buy(doors, line, [PACK]);
  doors.clock.advance(3 * DAY_MS);
  const { number } = (await stateOf(doors, line)).line;
  const to = { slot: parent.slot, accountId: parent.accountId };
  const { line: joined } = allowed(await joinLine(doors.house, OPERATOR, { number, to, reason: 'a family' }));
  const joinedAt = doors.clock.business();
  doors.clock.advance(DAY_MS);
  const now = allowed(await findNumber(doors.database, number));
  const use = { key: 'one', service: 'data', zone: 'home', quantity: GB } as const;
  allowed(await reportUse(doors.tools, doors.cache.latest(), { ...now, ...use }));
  doors.clock.advance(1000);
  const id = lineIdOf(joined);
  const page = shown(await lines.showLine(readerWho(owner), { id }));
  assert.deepEqual(
    [page.use?.joinedAt, page.use?.days.length, page.use?.averagePerDay],
    [joinedAt, 2, GB / 2n],
    'days before are not days without use',
  );
  assert.equal(page.happenings.at(-1)?.text.key, 'line.event.join');
  const [orders, charges] = [
    shown(await lines.listOrders(readerWho(owner), { id })),
    shown(await lines.listCharges(readerWho(owner), { id })),
  ];
  assert.deepEqual([orders.orders, orders.joinedAt, charges.joinedAt], [[], joinedAt, joinedAt]);
  const own = shown(await lines.listLines(readerWho(owner))).lines.find((row) => row.id !== id)?.id ?? assert.fail();
  assert.equal(shown(await lines.listOrders(readerWho(owner), { id: own })).joinedAt, undefined);
  assert.equal(refused(await lines.showLine(readerWho(before), { id })).code, 'self-care.not_yours');
});
