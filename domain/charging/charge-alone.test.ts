import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '#platform/database';
import { chargingHouse, ledgerOf, openScenario, play, withScenarioTerms } from '#tests/charging';

const eventsOf = parseStatement('test.events-of', 'select kind from outbox.event where account_id = :account_id order by event_id');

test('whatever the money paid for, its people are told when the balance is low, once [LIFE-3]', async (t) => {
  const house = await chargingHouse(t, {}, withScenarioTerms);
  const playing = await openScenario(house, { lines: [{ plan: 'payg', topUp: 500n }], market: 'US', peer: 'standard' });
  for (const step of ['a text 160 to:+15551230000', 'b text to:+15551230000']) await play(playing, step);
  assert.equal(await ledgerOf(playing), 'active; money 178+0');
  const { accountId } = playing.lines[0] ?? { accountId: 0n };
  const told = (await house.test.database.query(eventsOf, { accountId })) as { kind: string }[];
  assert.equal(told.filter(({ kind }) => kind === 'lines.balance_low').length, 1);
  await house.end();
});
