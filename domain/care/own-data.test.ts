import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activeLine, buy, newLine, newPerson, PACK, personWithCard, RENEW, stateOf, testHouse } from '#tests/house';
import { gatherOwnData, type OwnData, writeCsvFiles } from './index.ts';
import { TABLES } from './own-data.ts';

test('all that is one’s own is gathered: person, names, methods, lines with their use and packages, orders and receipts [SEE-4]', async (t) => {
  const tested = await testHouse(t);
  const line = await newLine(tested);
  const { person } = await personWithCard(tested, line);
  await buy(tested, line, [RENEW], { asker: person });
  const data = await gatherOwnData(tested.tools, tested.catalog, person);
  assert.deepEqual(Object.keys(data).sort(), [...TABLES].sort());
  const { number } = (await stateOf(tested, line)).line;
  assert.deepEqual(
    data.lines.map(({ number, role, state }) => ({ number, role, state })),
    [{ number, role: 'owner', state: 'active' }],
  );
  assert.deepEqual(
    data.orders.map(({ items, paid_by, tender }) => ({ items, paid_by, tender })),
    [
      { items: 'renew month-5gb', paid_by: 'you', tender: 'provider' },
      { items: 'top_up', paid_by: 'you', tender: 'provider' },
    ],
  );
  assert.deepEqual(
    data.receipts.map(({ kind, currency }) => ({ kind, currency })),
    [
      { kind: 'receipt', currency: 'USD' },
      { kind: 'receipt', currency: 'USD' },
    ],
  );
  assert.equal(data.saved_methods[0]?.['last4'], '4242');
  assert.ok(data.packages.length > 0 && data.line_events.length > 0 && data.person[0]?.['email'] === 'lin@example.com');
  assert.equal(JSON.stringify(data).includes('hash'), false);
});

test('of others’ orders the owner sees what was bought and nothing of who paid; a payer sees nothing of the line (S1) [SEE-4, ID-6]', async (t) => {
  const tested = await testHouse(t);
  const line = await activeLine(tested);
  const owner = await newPerson(tested, line);
  const payer = await newPerson(tested, line, 'payer');
  await buy(tested, line, [PACK], { asker: payer });
  const ofOwner = await gatherOwnData(tested.tools, tested.catalog, owner);
  assert.deepEqual(
    ofOwner.orders.map(({ items, paid_by, tender }) => [items, paid_by, tender]),
    [
      ['pack pack-1gb', 'another', null],
      ['renew month-5gb', 'another', null],
    ],
  );
  assert.deepEqual(ofOwner.receipts, []);
  const ofPayer = await gatherOwnData(tested.tools, tested.catalog, payer);
  assert.deepEqual(
    ofPayer.orders.map(({ items, paid_by }) => [items, paid_by]),
    [['pack pack-1gb', 'you']],
  );
  assert.deepEqual(
    [ofPayer.receipts.length, ofPayer.packages, ofPayer.line_events, Object.keys(ofPayer.lines[0] ?? {})],
    [1, [], [], ['number', 'role']],
  );
  const stranger = await newPerson(tested, await newLine(tested));
  const ofStranger = await gatherOwnData(tested.tools, tested.catalog, stranger);
  assert.deepEqual([ofStranger.orders, ofStranger.receipts, ofStranger.lines.length], [[], [], 1]);
});

test('a table is written as a spreadsheet reads it, and none of its cells is run as a formula', () => {
  const none = Object.fromEntries(TABLES.map((table) => [table, []])) as unknown as OwnData; // every table, without rows
  const files = writeCsvFiles({
    ...none,
    lines: [
      { number: '+12065550142', name: '=1+1', note: 'a "b", c' },
      { number: '-3.50', gone: null, note: 'x\ny' },
    ],
  });
  assert.deepEqual(
    files.map(({ name }) => name),
    ['lines.csv'],
  );
  assert.equal(files[0]?.text, '\uFEFFnumber,name,note,gone\r\n+12065550142,\'=1+1,"a ""b"", c",\r\n-3.50,,"x\ny",\r\n');
});
