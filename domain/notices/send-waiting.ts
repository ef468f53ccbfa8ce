/**
 * Hands waiting notices to the channels' senders. Three steps, so that nothing outside is called in a transaction: lease
 * some (committed), send, write down how it went. Whoever dies in between leaves a lease that ends, and the notice is
 * tried again under the same id: at least once, never lost; see adapters/smtp for what that means for mail.
 */

import { present } from '#platform/assert';
import { HOUR_MS, MINUTE_MS } from '#platform/clock';
import { type Queries, statement } from '#platform/database';
import { openSealer } from '#platform/seal';
import type { Tools } from '#platform/tools';
import { fillCode } from './fill-code.ts';
import type { Delivery, DeliveryState, Notice } from './notices.ts';
import type { Senders, SendOutcome } from './senders.ts';

type Key = Pick<Notice, 'slot' | 'accountId' | 'noticeId'>;
type Keys = { slots: number[]; accountIds: bigint[]; noticeIds: bigint[] };
type Waiting = Key &
  Pick<Notice, 'channel' | 'language' | 'recipient' | 'subject' | 'body' | 'html' | 'url' | 'sealed' | 'at'> &
  Pick<Delivery, 'attempts'>;
type Ended = Key & { state: DeliveryState; endedAt: Date; answer: string; attempts: number };

const lockWaiting = statement<{ transportNow: Date; businessNow: Date; count: number }, Key>(import.meta.dirname, 'lock-waiting');
const leaseDeliveries = statement<Keys & { leasedUntil: Date }>(import.meta.dirname, 'lease-deliveries');
const readWaiting = statement<Keys, Waiting>(import.meta.dirname, 'read-waiting');
const endDelivery = statement<Ended>(import.meta.dirname, 'end-delivery');
const retryDelivery = statement<Key & { nextTryAt: Date; answer: string; attempts: number }>(import.meta.dirname, 'retry-delivery');
const nextWaiting = statement<{ after: Date }, { dueAt: Date | null }>(import.meta.dirname, 'next-waiting');

/** Few enough that all are through well within the lease, whatever a sender's own patience is (30 s at most). */
const BATCH_COUNT = 20;
const LEASE_MS = 2 * MINUTE_MS;
/** The wait before the second try, the third, …; after the last the notice has failed. About three days in all. */
export const RETRY_AFTER_MS: readonly number[] = [
  MINUTE_MS,
  5 * MINUTE_MS,
  20 * MINUTE_MS,
  HOUR_MS,
  4 * HOUR_MS,
  12 * HOUR_MS,
  24 * HOUR_MS,
  30 * HOUR_MS,
];

export type SentReport = { readonly sent: number; readonly kept: number; readonly notNow: number; readonly failed: number };

/** Sends at most one batch; all zeros when nothing waits. Call again while it gives more. */
export async function sendWaiting(tools: Tools, senders: Senders): Promise<SentReport> {
  const batch = await leaseBatch(tools);
  const toKeep = batch.filter(({ channel }) => senders[channel] === undefined);
  const toSend = batch.filter(({ channel }) => senders[channel] !== undefined);
  const sealer = toSend.some(({ sealed }) => sealed !== null) ? await openSealer(tools.database) : undefined;
  const now = tools.clock.transport();
  const whole = toSend.map((waiting) => (sealer === undefined ? waiting : { ...waiting, ...fillCode(sealer, waiting, now) }));
  const [, ...results] = await Promise.all([keep(tools, toKeep), ...whole.map((waiting) => sendOne(tools, senders, waiting))]);
  const count = (result: DeliveryState) => results.filter((one) => one === result).length;
  return { sent: count('sent'), kept: toKeep.length, notNow: count('waiting'), failed: count('failed') };
}

/** The business instant at which the next notice is let go by its quiet hours, for a clock that stops at everything due. */
export async function nextNoticeDue(queries: Queries, after: Date): Promise<Date | undefined> {
  return (await queries.one(nextWaiting, { after })).dueAt ?? undefined;
}

function leaseBatch(tools: Tools): Promise<Waiting[]> {
  return tools.database.transaction(async (tx) => {
    const transportNow = tools.clock.transport();
    const locked = await tx.query(lockWaiting, { transportNow, businessNow: tools.clock.business(), count: BATCH_COUNT });
    if (locked.length === 0) return [];
    const keys: Keys = {
      slots: locked.map((key) => key.slot),
      accountIds: locked.map((key) => key.accountId),
      noticeIds: locked.map((key) => key.noticeId),
    };
    const [, batch] = await Promise.all([
      tx.query(leaseDeliveries, { ...keys, leasedUntil: new Date(transportNow.getTime() + LEASE_MS) }),
      tx.query(readWaiting, keys),
    ]);
    return batch;
  });
}

/** Those whose channel has no sender, together: nothing is waited for, and one commit is enough. */
async function keep(tools: Tools, toKeep: readonly Waiting[]): Promise<void> {
  if (toKeep.length === 0) return;
  const endedAt = tools.clock.transport();
  const ended = toKeep.map(
    ({ slot, accountId, noticeId, attempts }): Ended => ({ slot, accountId, noticeId, attempts, state: 'kept', endedAt, answer: '' }),
  );
  await tools.database.transaction((tx) => Promise.all(ended.map((one) => tx.query(endDelivery, one))));
}

async function sendOne(tools: Tools, senders: Senders, waiting: Waiting): Promise<DeliveryState> {
  const { kind, answer } = await handOver(senders, waiting);
  const { slot, accountId, noticeId, attempts } = waiting;
  const key = { slot, accountId, noticeId };
  const now = tools.clock.transport();
  const waitMs = RETRY_AFTER_MS[attempts - 1];
  if (kind === 'not_now' && waitMs !== undefined) {
    await tools.database.query(retryDelivery, { ...key, attempts, answer, nextTryAt: new Date(now.getTime() + waitMs) });
    return 'waiting';
  }
  const state = kind === 'sent' ? 'sent' : 'failed';
  await tools.database.query(endDelivery, { ...key, attempts, state, endedAt: now, answer });
  return state;
}

const ANSWER_LENGTH_MAX = 500;

/** A sender that throws has not said "never": the notice is tried again. */
async function handOver(senders: Senders, waiting: Waiting): Promise<SendOutcome> {
  if (waiting.sealed !== null) return { kind: 'never', answer: 'the code is too old' };
  try {
    const outcome = present(await sendOn(senders, waiting), 'a notice is handed to a channel that has a sender');
    return { ...outcome, answer: outcome.answer.slice(0, ANSWER_LENGTH_MAX) };
  } catch (error) {
    return { kind: 'not_now', answer: String(error).slice(0, ANSWER_LENGTH_MAX) };
  }
}

async function sendOn(senders: Senders, waiting: Waiting): Promise<SendOutcome | undefined> {
  const { noticeId, channel, recipient: to, subject, body, html, url, language, at } = waiting;
  switch (channel) {
    case 'mail':
      return senders.mail?.send({
        noticeId,
        to,
        subject: present(subject, 'a mail has a subject'),
        text: body,
        html: present(html, 'a mail has HTML'),
        language,
        at,
      });
    case 'sms':
      return senders.sms?.send({ noticeId, to, text: body });
    case 'push':
      return senders.push?.send({ noticeId, to, title: present(subject, 'a push has a title'), body, url });
  }
}
