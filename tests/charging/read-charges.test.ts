import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataByDay, enquireCharge, PROFILES, readCharges, usedByDay } from '#domain/charging';
import { reportUse } from '#domain/lines';
import { present } from '#platform/assert';
import { DAY_MS } from '#platform/clock';
import { allowed } from '#tests/house';
import { chargingHouse, MB } from './example-charging.ts';
import { ledgerOf, openScenario, play } from './play-scenario.ts';
import { withScenarioTerms } from './scenario-terms.ts';

type Context = Parameters<typeof chargingHouse>[0];

async function charged(t: Context, plan: string, topUp: bigint, steps: readonly string[]) {
  const house = await chargingHouse(t, {}, withScenarioTerms);
  const playing = await openScenario(house, { lines: [{ plan, topUp }], market: 'US', peer: 'standard' });
  for (const step of steps) await play(playing, step);
  const now = house.test.clock.business();
  const line = present(playing.lines[0], 'a line');
  const range = { ...line, from: new Date(now.getTime() - DAY_MS), until: new Date(now.getTime() + 1), timeZone: 'America/New_York' };
  return { house, playing, line, range };
}

test('a charge is explained: when, what, where, from which product, at which price, and why [SEE-2]', async (t) => {
  const steps = ['a begin in:334020', 'a update 10=25', 'wait 1m', 'b text to:+15551230000', 'wait 1m', 'b refund'];
  const { house, range } = await charged(t, 'tail', 500n, steps);
  const told = (await readCharges(house.test.database, range)).map(({ at: _, sessionId: __, ...charge }) => charge);
  assert.deepEqual(told, [
    {
      ...{ kind: 'message', operation: 'refund', late: false, service: 'message', zone: 'home', used: -1n, from: [], free: 0n, paid: -1n },
      ...{ paidMinor: -2n, rates: ['tail@1/message/any/'], lost: 0n, granted: null, why: 'refunded' },
    },
    {
      ...{ kind: 'message', operation: 'event', late: false, service: 'message', zone: 'home', used: 1n, from: [], free: 0n, paid: 1n },
      ...{ paidMinor: 2n, rates: ['tail@1/message/any/'], lost: 0n, granted: 1n, why: 'asked' },
    },
    {
      ...{ kind: 'data', operation: 'update', late: false, service: 'data', zone: 'neighbours', used: 25n * MB },
      ...{ from: [{ product: 'tail', version: 1, quantity: 20n * MB }], free: 0n, paid: 5n * MB, paidMinor: 25n },
      ...{ rates: ['tail@1/data/neighbours/'], lost: 0n, granted: 10n * MB, why: 'first' },
    },
  ]);
  await house.end();
});

test('use by day counts what the network reported and what was reported otherwise; free use is told and not counted [SEE-2]', async (t) => {
  const { house, line, range } = await charged(t, 'video', 500n, ['a begin 10 20 30', 'a end 10=3 20=4 30=5', 'b text to:+15551230000']);
  const { tools, catalog } = house.test;
  allowed(await reportUse(tools, catalog, { ...line, key: 'one', service: 'data', zone: 'home', quantity: MB }));
  const days = await usedByDay(house.test.database, range);
  assert.deepEqual(
    days.map(({ service, quantity, free }) => ({ service, quantity, free })),
    [
      { service: 'data', quantity: 4n * MB, free: 0n },
      { service: 'data.renewal', quantity: 5n * MB, free: 5n * MB },
      { service: 'data.video', quantity: 4n * MB, free: 0n },
    ],
  );
  assert.deepEqual(
    dataByDay(days).map(({ quantity }) => quantity),
    [8n * MB],
  );
  await house.end();
});

test('what an event would cost can be asked, and nothing is taken (RFC 8506 §6.1, §6.2)', async (t) => {
  const { house, playing, line } = await charged(t, 'payg', 500n, []);
  const { tools, catalog } = house.test;
  const asked = (destination: string, messages: bigint) =>
    enquireCharge(tools, catalog, {
      ...{
        peer: 'smsc',
        profile: PROFILES.standard,
        reference: 'q',
        operation: 'event',
        key: 'q',
        number: 0n,
        contentHash: Buffer.alloc(16),
      },
      ...{ line: { number: line.number }, kind: 'message', destination },
      items: [{ ratingGroup: null, serviceIdentifier: null, asked: messages }],
    });
  assert.deepEqual(await asked('+15551230000', 3n), { result: 'success', cost: { currency: 'USD', minor: 6n } });
  assert.deepEqual(await asked('+15551230000', 300n), { result: 'credit_limit_reached', cost: { currency: 'USD', minor: 600n } });
  assert.deepEqual(await asked('+525550000', 1n), { result: 'credit_limit_reached', cost: null });
  assert.equal(await ledgerOf(playing), 'active; money 500+0');
  await house.end();
});
