import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChargesView } from '#channels/web';
import { createChargingEngine } from '#domain/charging';
import { formatId } from '#platform/ids';
import { type Language, sayLoosely } from '#platform/messages';
import { DATA, exampleSession, MB } from '#tests/charging';
import { doorHouse, READER, readerWho, refused, selfCareOf, shown } from '#tests/doors';
import { activeLine, fillBalance, newLine, newPerson, stateOf } from '#tests/house';

async function used(t: Parameters<typeof doorHouse>[0], plan: string) {
  const doors = await doorHouse(t);
  const line = plan === 'payg' ? await newLine(doors, { plan }) : await activeLine(doors, { plan });
  if (plan === 'payg') await fillBalance(doors, line, 2000n);
  const engine = createChargingEngine(doors.tools, async () => doors.catalog, { error: (facts: unknown) => console.error(facts) });
  t.after(() => engine.close());
  const { number } = (await stateOf(doors, line)).line;
  const { lines } = selfCareOf(doors);
  const owner = await newPerson(doors, line);
  const id = formatId('line', line.lineId);
  const look = async (from?: string, language: Language = 'en') =>
    shown(await lines.listCharges({ ...readerWho(owner), language }, { id, ...(from === undefined ? {} : { from }) }));
  return { doors, line, id, lines, look, session: () => exampleSession(engine, { number }) };
}

function told({ charges, zone }: ChargesView, language: Language = 'en'): string[] {
  return charges.map(({ what, where, cost, from, next }) =>
    [
      what,
      ...(where ? [where] : []),
      ...(typeof cost === 'string' ? [{ key: `line.charge_${cost}`, values: {} } as const] : []),
      ...from,
      ...next,
    ]
      .map(({ key, values }) => sayLoosely(language, key, { zone, ...values }))
      .join(' | ')
      .replaceAll(/[\u00a0\u202f]/g, ' '),
  );
}

test('each use says how much of what, where, from which plan, and why the next portion has its size [SEE-2]', async (t) => {
  const { session, look, doors } = await used(t, 'month-5gb');
  const data = session();
  await data.begin();
  doors.clock.advance(1_000);
  await data.update(3n * MB);
  doors.clock.advance(1_000);
  await data.ask({ operation: 'update', items: [{ ...DATA, ratingGroup: 90, asked: null, used: MB }] });
  doors.clock.advance(1_000);
  await data.end(2n * MB);
  assert.deepEqual(told(await look()), [
    '2 MB of data | included | 2 MB from Monthly 5 GB.',
    '1 MB on our own pages | free | Free, and not counted. | Then the network was given 200 MB more to use. | This service is free in every state of the line.',
    '3 MB of data | included | 3 MB from Monthly 5 GB. | Then the network was given 135 MB more to use. | That is what the line uses in about a minute at its pace.',
  ]);
});

test('use is told by app and service too, today and in a week, in the words of the reader [SEE-2]', async (t) => {
  const { session, look, doors } = await used(t, 'month-5gb');
  const kinds = async (language: Language) => {
    const { kinds: told, zone } = await look(undefined, language);
    const say = (list: ChargesView['charges'][number]['from'] | undefined) =>
      list?.map(({ key, values }) => sayLoosely(language, key, { zone, ...values }).replaceAll(/[\u00a0\u202f]/g, ' '));
    return [say(told?.today), say(told?.week)];
  };
  assert.deepEqual(await kinds('en'), [[], []]);
  const data = session();
  const of = (ratingGroup: number, used: bigint) =>
    ({ operation: 'update', items: [{ ...DATA, ratingGroup, asked: null, used }] }) as const;
  await data.begin();
  await data.ask(of(20, 7n * MB));
  doors.clock.advance(3 * 86_400_000);
  await data.ask(of(10, 3n * MB));
  await data.ask(of(40, MB));
  await data.ask(of(20, 5n * MB));
  assert.deepEqual(await kinds('en'), [
    ['5 MB of data (video)', '3 MB of data', '1 MB of data (messaging apps)'],
    ['12 MB of data (video)', '3 MB of data', '1 MB of data (messaging apps)'],
  ]);
  assert.deepEqual((await kinds('zh-Hans'))[0], ['流量 5 MB（视频）', '流量 3 MB', '流量 1 MB（聊天应用）']);
  doors.clock.advance(4 * 86_400_000);
  assert.deepEqual(await kinds('en'), [[], ['5 MB of data (video)', '3 MB of data', '1 MB of data (messaging apps)']]);
  await data.end(0n);
});

test('what is paid as it is used says its price; abroad it says the zone; in every language [SEE-2, BUY-1]', async (t) => {
  const { session, look, doors } = await used(t, 'payg');
  const data = session();
  const abroad = { visitedNetwork: '334020' };
  await data.begin(abroad);
  await data.end(3n * MB, abroad);
  doors.clock.advance(1_000);
  const text = { kind: 'message', destination: '+8613912345678', items: [{ ...DATA, ratingGroup: null, asked: 1n }] } as const;
  const message = session();
  await message.ask({ operation: 'event', ...text });
  assert.deepEqual(told(await look()), [
    '1 text to Mainland China | 1 text from the balance: $0.10. | The price is $0.10 each. | That is what the network asked for.',
    '3 MB of data | roaming, zone Mexico and Canada | 3 MB from the balance: $0.06. | The price is $0.02 for 1 MB; the sum is rounded up.',
  ]);
  const { charges } = await look();
  assert.deepEqual(
    charges.map(({ cost }) => cost),
    [
      { currency: 'USD', minor: 10n },
      { currency: 'USD', minor: 6n },
    ],
  );
  for (const language of ['es', 'zh-Hans', 'zh-Hant'] as const)
    for (const line of told(await look(), language)) assert.doesNotMatch(line, /\b(the|from|charge_|line\.)\b|\{/, language);
});

test('what passes when nothing is left is told as charged to nobody [SEE-2]', async (t) => {
  const { session, look } = await used(t, 'day-1gb');
  const data = session();
  await data.begin();
  await data.end(1_002n * MB);
  const [first] = told(await look());
  assert.match(first ?? '', /included \| 1 GB from Day 1 GB\. \| 2 MB passed after everything was used up; nobody is charged for it\.$/);
});

test('pages of it hold each use once, also those of one instant [SEE-2]', async (t) => {
  const { session, look } = await used(t, 'month-5gb');
  const data = session();
  await data.begin();
  const all = Array.from({ length: 45 }, (_, index) => index + 1);
  for (const megabytes of all) await data.update(BigInt(megabytes) * MB);
  await data.end(0n);
  const pages: ChargesView[] = [await look()];
  for (let from = pages[0]?.older; from !== undefined; from = pages.at(-1)?.older) pages.push(await look(from));
  assert.deepEqual(
    pages.map(({ charges, isFirst }) => [charges.length, isFirst]),
    [
      [20, true],
      [20, false],
      [5, false],
    ],
  );
  const seen = pages.flatMap(({ charges }) => charges.map(({ what }) => Number(what.values['quantity']) / 1e6));
  assert.deepEqual(
    seen.toSorted((one, other) => one - other),
    all,
  );
});

test('owner and user see each use; whoever only pays, or has nothing to do with the line, does not know that it is there (S1) [SEE-2]', async (t) => {
  const { doors, line, lines, id } = await used(t, 'month-5gb');
  const stranger = await newPerson(doors, await activeLine(doors));
  const people = await Promise.all((['owner', 'user', 'payer'] as const).map((role) => newPerson(doors, line, role)));
  const seen = await Promise.all(
    [...people, stranger].map(async (who) => !('refused' in (await lines.listCharges(readerWho(who), { id })))),
  );
  assert.deepEqual(seen, [true, true, false, false]);
  assert.equal(refused(await lines.listCharges(READER, { id })).code, 'self-care.sign_in_needed');
});
