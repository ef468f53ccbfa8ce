import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '#platform/database';
import { isRefusal } from '#platform/refusals';
import { testDatabase } from '#tests/database';
import { linkSim, simOfLine, stockSim } from './stock-sim.ts';

const SIM = { iccid: '8901260123456789011', imsi: '310260123456789' };
const readCodes = parseStatement(
  'test.codes',
  'select activation_code_hash is null as none, octet_length(activation_code_hash) as length from sims.sim',
);

test('an ICCID is 19 or 20 digits that begin with 89 and end with a Luhn digit, however it is printed', async (t) => {
  const { database } = await testDatabase(t);
  const stock = (iccid: string) => database.transaction(async (tx) => stockSim(tx, { iccid, imsi: SIM.imsi }));
  for (const wrong of ['8901260123456789015', '890126012345678901', '7901260123456789011', '', 'abc', '890126012345678901100'])
    assert.ok(isRefusal(await stock(wrong)), wrong);
  const stocked = await stock('8901 2601 2345 6789 011F');
  assert.ok(!isRefusal(stocked));
  assert.equal(stocked.iccid, SIM.iccid);
});

test('an IMSI is 14 or 15 digits', async (t) => {
  const { database } = await testDatabase(t);
  for (const imsi of ['', '1', '3102601234567890', '31026012345678a']) {
    const answer = await database.transaction(async (tx) => stockSim(tx, { iccid: SIM.iccid, imsi }));
    assert.ok(isRefusal(answer) && answer.code === 'sims.imsi_invalid', imsi);
  }
});

test('ICCID, IMSI and activation code are each unique for themselves, and only the hash of the code is kept', async (t) => {
  const { database } = await testDatabase(t);
  const stock = (sim: Parameters<typeof stockSim>[1]) => database.transaction(async (tx) => stockSim(tx, sim));
  assert.ok(!isRefusal(await stock({ ...SIM, activationCode: ' 1234 ' })));
  for (const again of [
    { ...SIM, imsi: '310260123456780' },
    { ...SIM, iccid: '8901260123456789029' },
    { iccid: '8901260123456789029', imsi: '310260123456780', activationCode: '1234' },
  ]) {
    const answer = await stock(again);
    assert.ok(isRefusal(answer) && answer.code === 'sims.known_already');
  }
  assert.deepEqual(await database.query(readCodes, {}), [{ none: false, length: 32 }]);
});

test('a SIM serves at most one line, also when two take it at once (P6)', async (t) => {
  const { database, tools } = await testDatabase(t);
  await database.transaction(async (tx) => stockSim(tx, SIM));
  const lines = [1, 2].map((slot) => ({ slot, accountId: tools.mintId(slot), lineId: tools.mintId(slot) }));
  const at = tools.clock.business();
  const answers = await Promise.all(lines.map((line) => database.transaction((tx) => linkSim(tx, { ...line, iccid: SIM.iccid, at }))));
  assert.deepEqual(answers.map((answer) => answer?.code ?? 'linked').toSorted(), ['linked', 'sims.in_use']);
  const served = (await Promise.all(lines.map((line) => simOfLine(database, line)))).filter((sim) => sim !== undefined);
  assert.deepEqual(served, [SIM]);
});
