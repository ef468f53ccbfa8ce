/** What comes back from the provider: the customer's return, and webhooks of each kind; and telling that it took effect. */
import assert from 'node:assert/strict';
import type { NumberClaim } from '#domain/lines';
import { askAttempt, handleEvent, type Order, type OrdersHouse, refundOrder } from '#domain/orders';
import { type Attempt, attemptsOfOrder, type DisputeState, refundsOfOrder, type VerifiedEvent } from '#domain/payments';
import { DAY_MS, HOUR_MS } from '#platform/clock';
import { parseStatement } from '#platform/database';
import { applyOnce, applyWaiting, countWaiting, relayEvents } from '#platform/outbox';
import { allowed, BALANCE, comeBack, consumersOf, drainOutbox, OPERATOR, order, RENEW, runJanitor, visitPage } from '#tests/house';
import { BY_CARD, DELIVERED, expectOneOf, preparePage, REFUNDED } from './buying-cases.ts';
import type { Case } from './try-windows.ts';
import { lineWith, recover, type World } from './world.ts';

type Paid = { readonly line: NumberClaim; readonly attempt: Attempt };

async function preparePaid(world: World): Promise<Paid> {
  const { line, first } = await preparePage(true)(world);
  assert.ok(first.attempt);
  return { line, attempt: first.attempt };
}

const settled = (world: World, { line }: { readonly line: NumberClaim }) => expectOneOf(world, line, [{ ...DELIVERED, kept: BY_CARD }]);

function eventOf(kind: VerifiedEvent['kind'], over: Partial<VerifiedEvent>): VerifiedEvent {
  const eventId = `evt_${over.attemptId ?? over.providerId}_${kind}_${over.dispute?.state ?? ''}`;
  return {
    provider: 'stripe',
    eventId,
    kind,
    attemptId: undefined,
    refundId: undefined,
    providerId: undefined,
    dispute: undefined,
    ...over,
  };
}

export const settlingByReturn: Case<Paid> = {
  name: 'settle (return)',
  prepare: preparePaid,
  act: (house, { attempt }) => askAttempt(house, attempt),
  expect: settled,
};

export const settlingByJanitor: Case<Paid> = { ...settlingByReturn, name: 'settle (return), never seen again', comeBack: null };

export const settlingByWebhook: Case<Paid> = {
  name: 'settle (webhook, payment)',
  prepare: preparePaid,
  act: (house, { attempt }) => handleEvent(house, eventOf('payment', { attemptId: attempt.attemptId })),
  expect: settled,
};

export const givingBackByWebhook: Case<Paid> = {
  name: 'settle (webhook, payment), captured short',
  prepare: async (world) => {
    const { line, first } = await preparePage(false)(world);
    await visitPage(first, 'captures_less');
    assert.ok(first.attempt);
    return { line, attempt: first.attempt };
  },
  act: settlingByWebhook.act,
  expect: (world, { line }) => expectOneOf(world, line, [REFUNDED]),
};

export const returningExcess: Case<Paid> = {
  name: 'settle (return), captured above',
  prepare: async (world) => {
    const { line, first } = await preparePage(false)(world);
    await visitPage(first, 'captures_more');
    assert.ok(first.attempt);
    return { line, attempt: first.attempt };
  },
  act: settlingByReturn.act,
  expect: settled,
};

export const hearingOther: Case<Paid> = {
  name: 'settle (webhook, other)',
  prepare: preparePaid,
  act: (house, { attempt }) => handleEvent(house, eventOf('other', { attemptId: attempt.attemptId })),
  expect: settled,
};

type Refunding = { readonly line: NumberClaim; readonly event: VerifiedEvent };

export const hearingOfRefund: Case<Refunding> = {
  name: 'settle (webhook, refund)',
  prepare: async (world) => {
    const { line, first } = await preparePage(false)(world);
    await visitPage(first, 'refund_pending');
    const done = await comeBack(world, first);
    await drainOutbox(world);
    allowed(await refundOrder(world.house, OPERATOR, { order: done, key: 'r', asked: { kind: 'rest' }, reason: 'test' }));
    await world.simulator.deliverAll();
    const [refund] = await refundsOfOrder(world.database, done);
    const [attempt] = await attemptsOfOrder(world.database, done);
    return { line, event: eventOf('refund', { refundId: refund?.refundId, providerId: attempt?.handles.payment }) };
  },
  act: (house, { event }) => handleEvent(house, event),
  expect: (world, { line }) => expectOneOf(world, line, [REFUNDED]),
};

type Disputed = {
  readonly line: NumberClaim;
  readonly attempt: Attempt;
  readonly payment: string;
  readonly dispute: { readonly id: string; readonly amount: bigint };
};

async function prepareDispute(world: World): Promise<Disputed> {
  const { line, attempt } = await preparePaid(world);
  const { attempt: known } = await askAttempt(world.house, attempt);
  await drainOutbox(world);
  const payment = known.handles.payment ?? '';
  const opened = (await (await fetch(`${world.simulator.url}/_simulator/payments/${payment}/dispute`, { method: 'POST' })).json()) as {
    id: string;
    amount: number;
  };
  return { line, attempt, payment, dispute: { id: opened.id, amount: BigInt(opened.amount) } };
}

/** Told in the order of its states. */
const TOLD_AT: Readonly<Record<DisputeState, Date>> = {
  opened: new Date('2026-11-02T17:00:00Z'),
  lost: new Date('2026-11-03T17:00:00Z'),
  won: new Date('2026-11-04T17:00:00Z'),
};

const newsOf = ({ attempt, payment, dispute }: Disputed, state: DisputeState) =>
  eventOf('dispute', {
    attemptId: attempt.attemptId,
    providerId: payment,
    dispute: {
      disputeId: dispute.id,
      state,
      amount: { currency: 'USD', minor: dispute.amount },
      reason: 'fraudulent',
      toldAt: TOLD_AT[state],
    },
  });

export const hearingOfDispute: Case<Disputed> = {
  name: 'settle (webhook, dispute opened)',
  prepare: prepareDispute,
  act: (house, disputed) => handleEvent(house, newsOf(disputed, 'opened')),
  expect: settled,
};

export const hearingOfDisputeWon: Case<Disputed> = {
  name: 'settle (webhook, dispute won)',
  prepare: async (world) => {
    const disputed = await prepareDispute(world);
    await handleEvent(world.house, newsOf(disputed, 'opened'));
    await fetch(`${world.simulator.url}/_simulator/disputes/${disputed.dispute.id}/won`, { method: 'POST' });
    return disputed;
  },
  act: (house, disputed) => handleEvent(house, newsOf(disputed, 'won')),
  expect: settled,
};

/** The webhook was lost: only the list tells. */
export const listingDisputes: Case<Disputed> = {
  name: 'janitor (disputes listed)',
  prepare: async (world) => {
    const disputed = await prepareDispute(world);
    world.clock.transportMs += DAY_MS;
    return disputed;
  },
  act: (house) => runJanitor({ house }),
  // Who died over the list is replaced within the hour.
  async recover(world, house) {
    world.clock.transportMs += HOUR_MS;
    await recover(world, house);
  },
  expect: settled,
};

type Applied = { readonly line: NumberClaim; readonly order: Order };

async function prepareApplied(world: World): Promise<Applied> {
  const line = await lineWith(world, 1500n);
  const { order: applied } = await order(world, line, [RENEW], { way: BALANCE });
  assert.equal(applied.state, 'applied');
  return { line, order: applied };
}

const delivered = (world: World, { line }: Applied) => expectOneOf(world, line, [{ ...DELIVERED, balance: 0n }]);

export const delivering: Case<Applied> = {
  name: 'deliver',
  prepare: prepareApplied,
  act: (house) => applyWaiting(house, consumersOf(house)),
  expect: delivered,
};

const readEvents = parseStatement(
  'faults.events-of-account',
  'select slot, account_id, event_id from outbox.event where slot = :slot and account_id = :account_id order by event_id',
);
const countJobs = parseStatement('faults.count-jobs', 'select count(*) as count from graphile_worker.jobs where key = :key');

type Event = { slot: number; accountId: bigint; eventId: bigint };

/** The relay, and then the jobs that it queued, as a worker runs them. */
async function relayAndApply(house: OrdersHouse, { line: { slot, accountId } }: Applied): Promise<void> {
  const consumers = consumersOf(house);
  await relayEvents(house.database, consumers, house.clock.transport());
  const event = ((await house.database.query(readEvents, { slot, accountId })) as Event[]).at(-1);
  assert.ok(event);
  for (const consumer of consumers) await applyOnce(house, consumer, event);
}

export const relaying: Case<Applied> = {
  name: 'relay',
  prepare: prepareApplied,
  act: relayAndApply,
  // A relay skips what a dying one still holds, and finds it in its next round.
  async recover(world, house) {
    while ((await countWaiting(house.database)) > 0n) await relayEvents(house.database, consumersOf(house), house.clock.transport());
    await recover(world, house);
  },
  async expect(world, applied) {
    await delivered(world, applied);
    const { slot, accountId } = applied.line;
    const event = ((await world.database.query(readEvents, { slot, accountId })) as Event[]).at(-1);
    for (const { name } of consumersOf(world.house))
      assert.deepEqual(await world.database.query(countJobs, { key: `${event?.eventId}:${name}` }), [{ count: 1n }], name);
  },
};
