import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportUse } from '#domain/lines';
import { capLine } from '#domain/orders';
import { readEntries } from '#domain/records';
import { doorHouse, readerWho, refused, selfCareOf, shown } from '#tests/doors';
import { activeLine, allowed, buy, newPerson, OPERATOR, stateOf } from '#tests/house';

const GB = 10n ** 9n;

test('a line that is capped is told its share of what the family shares, and when that is used up [SIM-4, SEE-1]', async (t) => {
  const doors = await doorHouse(t);
  const { lines } = selfCareOf(doors);
  const line = await activeLine(doors);
  const owner = await newPerson(doors, line);
  await buy(doors, line, [{ kind: 'pack', product: 'pack-family-20gb' }], { asker: owner });
  const { number } = (await stateOf(doors, line)).line;
  allowed(await capLine(doors.house, OPERATOR, { number, octets: 2n * GB, reason: 'a child' }));
  const { id } = shown(await lines.listLines(readerWho(owner))).lines[0] ?? assert.fail();
  const user = await newPerson(doors, line, 'user');
  const before = shown(await lines.showLine(readerWho(owner), { id }));
  const share = () => before.packages.flatMap(({ parts }) => parts).find(({ shared }) => shared)?.share;
  assert.deepEqual(share(), { left: 2n * GB, granted: 2n * GB });
  assert.ok(before.data?.left != null && !before.warnings.some(({ key }) => key.startsWith('line.share_used_up')));
  const use = { key: 'all', service: 'data', zone: 'home', quantity: before.data.left } as const;
  allowed(await reportUse(doors.tools, doors.cache.latest(), { ...line, ...use }));
  const after = shown(await lines.showLine(readerWho(owner), { id }));
  assert.deepEqual([after.data?.left, after.warnings[0]?.key, after.raises], [0n, 'line.share_used_up_owner', true]);
  assert.equal(after.headline.key, 'line.share_reached_throttled');
  const seen = shown(await lines.showLine(readerWho(user), { id }));
  assert.deepEqual([seen.warnings[0]?.key, seen.shares, seen.raises], ['line.share_used_up', true, undefined]);
  const { checks } = shown(await lines.help(readerWho(owner), { of: id }));
  assert.deepEqual([checks[0]?.text.key, checks[0]?.step?.href], ['line.share_reached_throttled', `/line/${id}/share`]);
  assert.notEqual(after.state, 'active');
  assert.deepEqual(
    after.packages.flatMap(({ parts }) => parts).filter(({ shared }) => shared),
    [{ service: 'data', left: 18n * GB, granted: 20n * GB, shared: true, share: { left: 0n, granted: 2n * GB } }],
  );
});

test('the owner says what a line may use of what is shared, chosen or typed; it is written down, and nobody else may [SIM-4] (S1)', async (t) => {
  const doors = await doorHouse(t);
  const { lines } = selfCareOf(doors);
  const line = await activeLine(doors);
  const [owner, user] = [await newPerson(doors, line), await newPerson(doors, line, 'user')];
  await buy(doors, line, [{ kind: 'pack', product: 'pack-family-20gb' }], { asker: owner });
  const { id } = shown(await lines.listLines(readerWho(owner))).lines[0] ?? assert.fail();
  const capOf = async () => shown(await lines.showShare(readerWho(user), { id })).cap;
  const set = async (typed: string, choice = '') => {
    shown(await lines.setShare(readerWho(owner), { id, choice, typed }));
    return capOf();
  };
  const { choices, packages } = shown(await lines.showShare(readerWho(owner), { id }));
  assert.deepEqual(choices, [GB, 2n * GB, 5n * GB, 10n * GB]);
  assert.deepEqual([packages[0]?.left, packages[0]?.share], [20n * GB, undefined]);
  assert.equal(shown(await lines.showShare(readerWho(user), { id })).choices, undefined);
  for (const [typed, octets] of [
    ['2.5', (5n * GB) / 2n],
    ['1,5 gb', (3n * GB) / 2n],
    ['500MB', GB / 2n],
    ['３', 3n * GB],
    ['0', 0n],
  ] as const)
    assert.equal(await set(typed), octets, typed);
  assert.equal(await set('', '5000000000'), 5n * GB);
  for (const typed of ['', 'all', '-1', '1,000', '1.234', '5 TB', '2 GB of it']) {
    const { code, field } = refused(await lines.setShare(readerWho(owner), { id, choice: '', typed }));
    assert.deepEqual([code, field], ['self-care.share_not_understood', 'share'], typed);
  }
  const { code, field, text } = refused(await lines.setShare(readerWho(owner), { id, choice: '', typed: '1001' }));
  assert.deepEqual([code, field, /from 0 to 1\sTB/.test(text)], ['orders.cap_outside_limits', 'share', true]);
  assert.equal(refused(await lines.setShare(readerWho(user), { id, choice: 'none', typed: '' })).code, 'access.not_allowed');
  assert.equal(await capOf(), 5n * GB, 'what was refused changed nothing');
  assert.equal(await set('', 'none'), null);
  const [entry] = (await readEntries(doors.database, line)).filter(({ action }) => action === 'orders.cap_line').slice(-1);
  assert.deepEqual([entry?.actor, entry?.after], [`person:${owner.personId}`, { octets: null }]);
});
