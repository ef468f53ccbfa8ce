/** The harness finds what it is there to find: houses broken on purpose, of which each death must show the flaw. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { payOrder } from '#domain/orders';
import { allowed, place, quote, RENEW } from '#tests/house';
import { payerOf, placingWithCard } from './buying-cases.ts';
import { Ports, windowsOf } from './ports.ts';
import { settlingByJanitor } from './settling-cases.ts';
import { tryPairs, tryWindows } from './try-windows.ts';
import { openWorld, processIn, recover } from './world.ts';

test('a house whose janitor never comes is found out', async (t) => {
  const world = await openWorld(t);
  await assert.rejects(
    tryWindows(world, { ...settlingByJanitor, recover: async () => {} }),
    /settle .*dead before .*ended as .*"placed"|ended as/,
  );
});

test('a door that forgets under which key it asked, and asks anew, is found out', async (t) => {
  const world = await openWorld(t);
  const payer = await payerOf(world);
  const [saved] = placingWithCard(payer);
  assert.ok(saved);
  const forgetful: typeof saved = {
    ...saved,
    async act(house, { line }) {
      const quoted = await quote({ house }, line, [RENEW], payer.person);
      const way = { kind: 'saved', savedMethodId: payer.method.savedMethodId } as const;
      return payOrder(house, allowed(await place({ house }, { quote: quoted, asker: payer.person, way, key: `${quoted.quoteId}` })));
    },
  };
  await assert.rejects(tryWindows(world, forgetful), /"delivered","delivered"/);
});

test('a recovery that works only when it is not itself interrupted is found out by pairs', async (t) => {
  const world = await openWorld(t);
  let begun = false;
  const once: typeof settlingByJanitor = {
    ...settlingByJanitor,
    prepare: (within) => {
      begun = false;
      return settlingByJanitor.prepare(within);
    },
    // Whoever comes second finds that it was begun, and takes it for done.
    async recover(within, house) {
      if (begun) return;
      begun = true;
      await recover(within, house);
    },
  };
  await assert.rejects(tryPairs(world, once, 1), /then before/);
});

test('a dead process does nothing any more, and what it had not committed is gone', async (t) => {
  const world = await openWorld(t);
  const context = await settlingByJanitor.prepare(world);
  const ports = new Ports({ at: 3, side: 'before' });
  const house = processIn(world, ports);
  await assert.rejects(settlingByJanitor.act(house, context, world), /dies here|is dead/);
  assert.ok(ports.isDead);
  await assert.rejects(settlingByJanitor.act(house, context, world), /is dead/);
  await assert.rejects(
    house.database.transaction(async () => 'done'),
    /is dead/,
  );
});

test('the windows of a process: each moment at which another state of the world is left behind', () => {
  const statement = (stands: boolean) => ({ what: 'statement', name: 's', stands }) as const;
  const commit = { what: 'commit', name: 'commit', stands: true } as const;
  const windows = windowsOf([statement(true), statement(false), statement(false), commit, statement(false)]);
  assert.deepEqual(
    windows.map(({ at, side }) => `${side} ${at}`),
    ['before 0', 'after 0', 'before 1', 'before 2', 'before 3', 'after 3', 'before 4', 'after 4'],
  );
});
