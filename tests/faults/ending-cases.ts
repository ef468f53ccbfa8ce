/** Cancelling and refunding; what the janitor finishes; what falls due. */
import assert from 'node:assert/strict';
import { readAllowances } from '#domain/allowances';
import { createChargingEngine, openSessionsOfLine, PROFILES } from '#domain/charging';
import { findNumber, type LineState, linesOfAccount, type NumberClaim, readHappenings, runDueLines } from '#domain/lines';
import { listNotices } from '#domain/notices';
import { cancelOrder, joinLine, type Order, type OrdersHouse, payOrder, refundOrder } from '#domain/orders';
import { DAY_MS, MINUTE_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import {
  allowed,
  BALANCE,
  balanceOf,
  buy,
  drainOutbox,
  newLine,
  OPERATOR,
  order,
  orderNow,
  place,
  quote,
  RENEW,
  runJanitor,
  stateOf,
} from '#tests/house';
import { BY_CARD, belongs, CANCELLED, DELIVERED, expectOneOf, type Payer, preparePage, REFUNDED } from './buying-cases.ts';
import type { Case } from './try-windows.ts';
import { credit, lineWith, recover, type World } from './world.ts';

type Ordered = { readonly line: NumberClaim; readonly order: Order };

const preparePlaced =
  (paid: boolean) =>
  async (world: World): Promise<Ordered> => {
    const { line, first } = await preparePage(paid)(world);
    return { line, order: first.order };
  };

async function prepareHeld(world: World): Promise<Ordered> {
  const line = await lineWith(world, 1500n);
  const { order: placed } = allowed(await place(world, { quote: await quote(world, line, [RENEW]), way: BALANCE }));
  return { line, order: placed };
}

const cancel = (house: OrdersHouse, { order: { slot, accountId, orderId } }: Ordered) =>
  cancelOrder(house, OPERATOR, { slot, accountId, orderId });

export const cancelling: Case<Ordered>[] = [
  { name: 'cancel', prepare: preparePlaced(false), act: cancel, expect: (world, { line }) => expectOneOf(world, line, [CANCELLED]) },
  {
    name: 'cancel, just paid',
    prepare: preparePlaced(true),
    act: cancel,
    expect: (world, { line }) => expectOneOf(world, line, [REFUNDED]),
  },
  {
    name: 'cancel, just paid, never seen again',
    prepare: preparePlaced(true),
    act: cancel,
    comeBack: null,
    expect: (world, { line }, died) => expectOneOf(world, line, died ? [REFUNDED, { ...DELIVERED, kept: BY_CARD }] : [REFUNDED]),
  },
  {
    name: 'cancel, held on the balance',
    prepare: prepareHeld,
    act: cancel,
    expect: (world, { line }) => expectOneOf(world, line, [{ ...CANCELLED, balance: 1500n }]),
  },
];

const prepareDelivered =
  (payer: Payer) =>
  async (world: World): Promise<Ordered> => {
    const line = await lineWith(world, 0n);
    await belongs(world, payer, line);
    const paid = await order(world, line, [RENEW], {
      asker: payer.person,
      way: { kind: 'saved', savedMethodId: payer.method.savedMethodId },
    });
    await drainOutbox(world);
    return { line, order: paid.order };
  };

type Joining = { readonly line: NumberClaim; readonly number: string; readonly to: NumberClaim };
const JOIN_TOLD = ['lines.joined', 'lines.left', 'lines.moved'];

export const joining: Case<Joining> = {
  name: 'join a line to an account',
  prepare: async (world) => {
    const line = await lineWith(world, 700n);
    const { number } = (await stateOf(world, line)).line;
    await beginSession(world, number);
    return { line, number, to: await lineWith(world, 300n) };
  },
  act: async (house, { number, to: { slot, accountId } }) =>
    allowed(await joinLine(house, OPERATOR, { number, to: { slot, accountId }, reason: 'a family' })),
  expect: async (world, { line, number, to }) => {
    const now = allowed(await findNumber(world.database, number));
    assert.deepEqual([now.accountId, now.claimCount], [to.accountId, line.claimCount + 1n]);
    const { slot, accountId, lineId } = now;
    const owned = await readAllowances(world.database, { slot, accountId, lineId, at: world.clock.business() });
    const data = owned.filter(({ service, granted }) => service === 'data' && granted !== null);
    assert.deepEqual(
      data.map(({ granted, used }) => [granted, used]),
      [[5_000_000_000n, 0n]],
    );
    assert.deepEqual(await balanceOf(world, to), { balance: 1_000n, held: 0n });
    assert.deepEqual(await balanceOf(world, line), { balance: 0n, held: 0n });
    assert.deepEqual((await linesOfAccount(world.database, line)).length, 0);
    assert.deepEqual(
      data.map(({ reserved }) => reserved),
      [0n],
      'its session is over, and gave back what it held',
    );
    assert.deepEqual(await openSessionsOfLine(world.database, line), []);
    await drainOutbox(world);
    const told = await listNotices(world.database, { account: to, count: 500 });
    const ofMove = told.filter((notice) => JOIN_TOLD.includes(notice.kind)).map(({ kind, channel }) => `${kind} ${channel}`);
    assert.deepEqual(
      ofMove.filter((one) => one.endsWith('sms')),
      ['lines.moved sms'],
      'told once',
    );
  },
};

/** A phone of the line is using data. */
async function beginSession(world: World, number: string): Promise<void> {
  const engine = createChargingEngine(world.tools, async () => world.catalog, { error: (facts: unknown) => assert.fail(`${facts}`) });
  const answer = await engine.charge({
    ...{
      peer: 'smf.example',
      profile: PROFILES.standard,
      reference: `smf.example;${number}`,
      operation: 'begin',
      key: 'begin',
      number: 0n,
    },
    ...{ contentHash: Buffer.alloc(16), line: { number }, kind: 'data' },
    items: [{ ratingGroup: 10, serviceIdentifier: null, asked: null }],
  });
  await engine.close();
  assert.ok((answer.items[0]?.granted ?? 0n) > 0n);
}

const refund =
  (over: Partial<Parameters<typeof refundOrder>[2]> = {}) =>
  (house: OrdersHouse, { order: done }: Ordered) =>
    refundOrder(house, OPERATOR, { order: done, key: 'r', asked: { kind: 'rest' }, reason: 'test', ...over });
const PART = { asked: { kind: 'amount', amount: { currency: 'USD', minor: 500n } } } as const;

export function refunding(payer: Payer): Case<Ordered>[] {
  const prepare = prepareDelivered(payer);
  return [
    { name: 'refund', prepare, act: refund(), expect: (world, { line }) => expectOneOf(world, line, [REFUNDED]) },
    {
      name: 'refund, never asked again',
      prepare,
      act: refund(),
      comeBack: null,
      expect: (world, { line }, died) => expectOneOf(world, line, died ? [REFUNDED, { ...DELIVERED, kept: BY_CARD }] : [REFUNDED]),
    },
    {
      name: 'refund (part)',
      prepare,
      act: refund(PART),
      expect: (world, { line }) => expectOneOf(world, line, [{ ...DELIVERED, kept: BY_CARD - 500n }]),
    },
    {
      name: 'refund (balance)',
      prepare: async (world) => {
        const held = await prepareHeld(world);
        const { order: applied } = await payOrder(world.house, { order: held.order, attempt: undefined });
        await drainOutbox(world);
        return { ...held, order: applied };
      },
      act: refund(),
      expect: (world, { line }) => expectOneOf(world, line, [{ ...REFUNDED, balance: 1500n }]),
    },
  ];
}

const later =
  (prepare: (world: World) => Promise<Ordered>, minutes: number) =>
  async (world: World): Promise<Ordered> => {
    const ordered = await prepare(world);
    world.clock.transportMs += minutes * MINUTE_MS;
    return ordered;
  };

export function lookingAfter(payer: Payer): Case<Ordered>[] {
  const act = (house: OrdersHouse) => runJanitor({ house });
  return [
    {
      name: 'janitor, a payment nobody told of',
      prepare: later(preparePlaced(true), 1),
      act,
      expect: (world, { line }) => expectOneOf(world, line, [{ ...DELIVERED, kept: BY_CARD }]),
    },
    {
      name: 'janitor, an order nobody paid',
      prepare: later(preparePlaced(false), 45),
      act,
      expect: (world, { line }) => expectOneOf(world, line, [CANCELLED]),
    },
    {
      name: 'janitor, held and not settled',
      prepare: later(prepareHeld, 1),
      act,
      expect: (world, { line }) => expectOneOf(world, line, [{ ...DELIVERED, balance: 0n }]),
    },
    {
      name: 'janitor, a hold past its time',
      prepare: later(async (world) => {
        const held = await prepareHeld(world);
        await world.database.query(
          parseStatement(
            'faults.forget-look',
            'update orders.order set look_at = :at where slot = :slot and account_id = :account_id and order_id = :order_id',
          ),
          {
            ...held.order,
            at: new Date(world.clock.transportMs + 40 * MINUTE_MS),
          },
        );
        return held;
      }, 31),
      act,
      expect: (world, { line }) => expectOneOf(world, line, [{ ...DELIVERED, balance: 0n }]),
    },
    {
      name: 'janitor, a refund without an answer',
      prepare: later(async (world) => {
        const ordered = await prepareDelivered(payer)(world);
        world.simulator.setFaults([{ on: 'POST /v1/refunds', kind: 'error_500', times: 1 }]);
        await refund()(world.house, ordered);
        world.simulator.setFaults([]);
        assert.equal((await orderNow(world, ordered.order)).state, 'refunding');
        return ordered;
      }, 1),
      act,
      expect: (world, { line }) => expectOneOf(world, line, [REFUNDED]),
    },
  ];
}

type Due = { readonly line: NumberClaim };

const rest = parseStatement('faults.rest', 'update lines.line set due_at = null where line_id <> :line_id');
const countNews = parseStatement(
  'faults.count-news',
  `select count(*) as count from outbox.event where slot = :slot and account_id = :account_id and kind = :kind`,
);

/** A line on a day plan whose end has come; those before it are at rest, so that nothing else falls due with it. */
const prepareDue =
  (queued: boolean) =>
  async (world: World): Promise<Due> => {
    const line = await newLine(world, { plan: 'day-1gb' });
    await credit(world, line, 1000n);
    await buy(world, line, [RENEW], { way: BALANCE });
    if (queued) await buy(world, line, [{ kind: 'queue', product: 'day-1gb', startRule: 'at_end' }], { way: BALANCE });
    await drainOutbox(world);
    await world.database.query(rest, { lineId: line.lineId });
    world.clock.moveBusinessTo(new Date(world.clock.businessMs + DAY_MS));
    return { line };
  };

function due(name: string, queued: boolean, state: LineState, kind: string): Case<Due> {
  const act = (house: OrdersHouse) => runDueLines(house, house.catalog());
  return {
    name,
    prepare: prepareDue(queued),
    act,
    recover: async (world, house) => {
      await act(house);
      await recover(world, house);
    },
    async expect(world, { line }) {
      const { slot, accountId } = line;
      assert.equal((await stateOf(world, line)).line.state, state);
      assert.equal((await readHappenings(world.database, line)).length, 2);
      assert.deepEqual(await world.database.query(countNews, { slot, accountId, kind }), [{ count: 1n }]);
    },
  };
}

export const fallingDue: Case<Due>[] = [
  due('run-due, a plan ends', false, 'expired', 'lines.expired'),
  due('run-due, a queued plan begins', true, 'active', 'lines.plan_started'),
];
