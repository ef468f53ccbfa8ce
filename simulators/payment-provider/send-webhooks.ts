/**
 * Events and their delivery: signed (docs.stripe.com/webhooks#verify-manually), in the manner the card asks for, tried
 * again when refused or not answered, kept until they arrive or are given up.
 */
import { createHmac } from 'node:crypto';
import type { Manner } from './cards.ts';
import type { EventRecord } from './records.ts';
import { renderEvent } from './render-objects.ts';
import { newId, nowSeconds, type Simulator } from './simulator.ts';
import type { Task } from './store.ts';

export type News = { readonly type: string; readonly object: object };
type Delivery = { readonly event: string; readonly manner: Manner; readonly tryNo: number };

/** How much later each of several events is sent than the one before: they do arrive in this order, mostly. */
const APART_MS = 30;

/** Records what happened and queues telling it. Gives the tasks, so that an early one can be run before the answer. */
export function tellNews(simulator: Simulator, news: readonly News[], asked: Manner = 'plain'): number[] {
  const manner = simulator.manner ?? asked;
  const tasks: number[] = [];
  const events = news.map((one): EventRecord => ({ id: newId('evt'), created: nowSeconds(simulator), ...one }));
  for (const event of events) simulator.store.put('event', event);
  if (manner === 'never') return tasks;
  const inOrder = manner === 'out_of_order' ? events.toReversed() : events;
  const firstMs = Date.now() + delayOf(simulator, manner);
  for (const [place, event] of inOrder.entries()) {
    const copies = manner === 'twice' ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1)
      tasks.push(simulator.store.addTask(firstMs + (place * copies + copy) * APART_MS, 'deliver', { event: event.id, manner, tryNo: 1 }));
  }
  return tasks;
}

function delayOf(simulator: Simulator, manner: Manner): number {
  if (manner === 'early') return 0;
  return manner === 'late' ? simulator.times.lateWebhookMs : simulator.times.webhookDelayMs;
}

/** One try; queues the next one when it was not answered with 2xx. */
export async function deliver(simulator: Simulator, task: Task): Promise<void> {
  const delivery: Delivery = JSON.parse(task.payload);
  const event = simulator.store.get('event', delivery.event);
  const answer = event ? await post(simulator, event, delivery.manner) : 'no such event';
  const retryMs = simulator.times.webhookRetriesMs[delivery.tryNo - 1];
  simulator.store.transaction(() => {
    simulator.store.endTask(task.id);
    simulator.store.logDelivery({ event: delivery.event, manner: delivery.manner, answer, atMs: Date.now() });
    if (!/^2\d\d$/.test(answer) && retryMs !== undefined && simulator.webhookUrl !== undefined)
      simulator.store.addTask(Date.now() + retryMs, 'deliver', { ...delivery, tryNo: delivery.tryNo + 1 });
  });
}

async function post(simulator: Simulator, event: EventRecord, manner: Manner): Promise<string> {
  if (simulator.webhookUrl === undefined) return 'nobody to tell';
  const body = JSON.stringify(renderEvent(event));
  try {
    const answer = await fetch(simulator.webhookUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signatureOf(simulator, body, manner) },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([simulator.ending, AbortSignal.timeout(simulator.times.webhookTimeoutMs)]),
    });
    await answer.arrayBuffer();
    return String(answer.status);
  } catch (error) {
    return error instanceof Error ? error.name : 'error';
  }
}

const LONG_AGO_SECONDS = 600;

function signatureOf(simulator: Simulator, body: string, manner: Manner): string {
  const seconds = nowSeconds(simulator) - (manner === 'expired' ? LONG_AGO_SECONDS : 0);
  const secret = manner === 'forged' ? 'whsec_of_somebody_else' : simulator.webhookSecret;
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
