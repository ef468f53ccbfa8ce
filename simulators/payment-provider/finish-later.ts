/** What happens by itself some time after a request: deliveries, slow refunds, disputes. Durable; runs one timer. */
import type { DisputeRecord, PaymentRecord, RefundRecord } from './records.ts';
import { renderDispute, renderRefund } from './render-objects.ts';
import { deliver, tellNews } from './send-webhooks.ts';
import { newId, nowSeconds, type Simulator } from './simulator.ts';
import type { Task } from './store.ts';

export type Later = {
  /** Looks again when something may have become due. */
  poke(): void;
  /** Runs these now, whatever their time, one after the other. */
  run(tasks: readonly number[]): Promise<void>;
  /** Runs everything that waits, whatever its time, until nothing does (a delivery that keeps being refused: once). */
  runAll(): Promise<void>;
  stop(): Promise<void>;
};

const LOOK_MS_MAX = 30_000;

export function startLater(simulator: Simulator): Later {
  const running = new Map<number, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const begin = (task: Task): Promise<void> => {
    const begun = running.get(task.id) ?? runTask(simulator, task).finally(() => running.delete(task.id));
    running.set(task.id, begun);
    return begun;
  };
  const look = (): void => {
    clearTimeout(timer);
    if (stopped) return;
    const waiting = simulator.store.tasks().filter((task) => !running.has(task.id));
    for (const task of waiting.filter((one) => one.dueMs <= Date.now())) void begin(task).then(look);
    const nextMs = Math.min(...waiting.map((task) => task.dueMs).filter((dueMs) => dueMs > Date.now()), Date.now() + LOOK_MS_MAX);
    timer = setTimeout(look, Math.max(1, nextMs - Date.now()));
    timer.unref();
  };
  look();
  return {
    poke: look,
    async run(ids) {
      for (const task of simulator.store.tasks().filter((one) => ids.includes(one.id))) await begin(task);
    },
    async runAll() {
      const seen = new Set<string>();
      for (;;) {
        const fresh = simulator.store.tasks().filter((task) => !seen.has(nameOf(task)));
        if (fresh.length === 0 && running.size === 0) return;
        for (const task of fresh) seen.add(nameOf(task));
        for (const task of fresh) await begin(task);
        await Promise.all(running.values());
      }
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await Promise.allSettled(running.values());
    },
  };
}

/** A retry is a new task for the same event: in `runAll` an event is tried once, or twice when it is to be sent twice. */
function nameOf(task: Task): string {
  const { event, tryNo } = JSON.parse(task.payload) as { event?: string; tryNo?: number };
  return event === undefined ? String(task.id) : tryNo === 1 ? `${event} ${task.id}` : 'a retry';
}

async function runTask(simulator: Simulator, task: Task): Promise<void> {
  if (task.kind === 'deliver') return deliver(simulator, task);
  simulator.store.transaction(() => {
    simulator.store.endTask(task.id);
    const payload = JSON.parse(task.payload) as { refund?: string; as?: RefundRecord['status']; payment?: string; reason?: string };
    if (task.kind === 'finish_refund') finishRefund(simulator, payload.refund ?? '', payload.as ?? 'succeeded');
    else openDispute(simulator, payload.payment ?? '', payload.reason ?? 'general');
  });
}

function finishRefund(simulator: Simulator, id: string, status: RefundRecord['status']): void {
  const refund = simulator.store.get('refund', id);
  const payment = refund && simulator.store.get('payment', refund.paymentId);
  if (!refund || !payment) return;
  const failed = status === 'failed';
  const finished: RefundRecord = { ...refund, status, failureReason: failed ? 'lost_or_stolen_card' : null };
  simulator.store.put('refund', finished);
  if (failed) simulator.store.put('payment', { ...payment, refunded: payment.refunded - refund.amount });
  tellNews(simulator, [{ type: failed ? 'refund.failed' : 'refund.updated', object: renderRefund(finished) }]);
}

export function openDispute(simulator: Simulator, paymentId: string, reason: string): DisputeRecord | undefined {
  const payment = simulator.store.get('payment', paymentId);
  if (!payment || payment.chargeId === null || payment.disputeId !== null) return undefined;
  const { chargeId, currency } = payment;
  const common = { id: newId('du'), created: nowSeconds(simulator), paymentId, chargeId, currency, reason };
  const dispute: DisputeRecord = { ...common, amount: payment.received - payment.refunded, status: 'needs_response' };
  simulator.store.put('dispute', dispute);
  simulator.store.put('payment', { ...payment, disputeId: dispute.id } satisfies PaymentRecord);
  tellNews(simulator, [
    { type: 'charge.dispute.created', object: renderDispute(dispute) },
    { type: 'charge.dispute.funds_withdrawn', object: renderDispute(dispute) },
  ]);
  return dispute;
}

/** The bank decides, and may decide otherwise later. Undefined when there is no such dispute, or it stands so already. */
export function closeDispute(simulator: Simulator, id: string, status: 'won' | 'lost'): DisputeRecord | undefined {
  const dispute = simulator.store.get('dispute', id);
  const payment = dispute && simulator.store.get('payment', dispute.paymentId);
  if (!dispute || !payment || dispute.status === status) return undefined;
  const closed: DisputeRecord = { ...dispute, status };
  simulator.store.put('dispute', closed);
  simulator.store.put('payment', { ...payment, disputeId: status === 'won' ? null : dispute.id });
  tellNews(simulator, [{ type: 'charge.dispute.closed', object: renderDispute(closed) }]);
  return closed;
}
