/**
 * For whoever runs the demonstration, and for tests: what happened, and what is to go wrong next. The state is told by
 * the simulator alone, so that it can be held against our books.
 */
import { CARD_NOTES, type Manner, TEST_CARDS } from './cards.ts';
import { closeDispute, type Later, openDispute } from './finish-later.ts';
import { html, page } from './html.ts';
import { FAULT_KINDS, type Fault, type Simulator } from './simulator.ts';

export type Told = { readonly status: number; readonly body: object | string };

const SHOWN_MAX = 200;

export function stateOf(simulator: Simulator, limit = SHOWN_MAX) {
  const { store } = simulator;
  const payments = store.list('payment', { limit });
  const totals: Record<string, { captured: number; refunded: number }> = {};
  for (const payment of store.list('payment', { limit: -1 })) {
    const total = totals[payment.currency] ?? { captured: 0, refunded: 0 };
    totals[payment.currency] = { captured: total.captured + payment.received, refunded: total.refunded + payment.refunded };
  }
  const lists = {
    sessions: store.list('session', { limit }),
    payments,
    refunds: store.list('refund', { limit }),
    disputes: store.list('dispute', { limit }),
  };
  const counts = {
    customers: store.count('customer'),
    sessions: store.count('session'),
    payments: store.count('payment'),
    refunds: store.count('refund'),
  };
  return {
    totals,
    counts,
    ...lists,
    deliveries: store.deliveries(limit),
    waiting: store.tasks().length,
    faults: simulator.faults,
    webhookUrl: simulator.webhookUrl ?? null,
  };
}

/** Undefined when the path is none of ours. */
export async function answerControl(simulator: Simulator, later: Later, method: string, url: URL, body: string): Promise<Told | undefined> {
  const call = `${method} ${url.pathname}`;
  if (call === 'GET /_simulator/state')
    return { status: 200, body: stateOf(simulator, Number(url.searchParams.get('limit') ?? SHOWN_MAX)) };
  if (call === 'GET /_simulator/cards') return { status: 200, body: TEST_CARDS.map((card) => ({ ...card, note: CARD_NOTES[card.name] })) };
  if (call === 'GET /_simulator') return { status: 200, body: renderState(simulator) };
  if (call === 'POST /_simulator/faults') return setFaults(simulator, JSON.parse(body || '[]'));
  if (call === 'POST /_simulator/webhooks') return setWebhooks(simulator, JSON.parse(body || '{}'));
  if (call === 'POST /_simulator/deliver') {
    await later.runAll();
    return { status: 200, body: { waiting: simulator.store.tasks().length } };
  }
  const dispute = /^POST \/_simulator\/(?:payments\/(\w+)\/dispute|disputes\/(\w+)\/(won|lost))$/.exec(call);
  if (!dispute) return undefined;
  const [, payment, id, end] = dispute;
  const changed = simulator.store.transaction(() =>
    payment === undefined
      ? closeDispute(simulator, id ?? '', end === 'won' ? 'won' : 'lost')
      : openDispute(simulator, payment, 'fraudulent'),
  );
  later.poke();
  return changed ? { status: 200, body: changed } : { status: 409, body: { error: 'no such payment or dispute in that state' } };
}

function setFaults(simulator: Simulator, given: unknown): Told {
  const faults = (Array.isArray(given) ? given : [given]) as Partial<Fault>[];
  const isFault = (fault: Partial<Fault>): fault is Fault =>
    typeof fault.on === 'string' && FAULT_KINDS.some((kind) => kind === fault.kind) && Number.isSafeInteger(fault.times);
  if (!faults.every(isFault))
    return { status: 422, body: { error: `each fault is { on: "POST /v1/refunds", kind: one of ${FAULT_KINDS.join(', ')}, times: 1 }` } };
  simulator.faults = faults;
  return { status: 200, body: { faults } };
}

const MANNERS: readonly Manner[] = ['plain', 'twice', 'early', 'late', 'out_of_order', 'forged', 'expired', 'never'];

function setWebhooks(simulator: Simulator, given: { url?: string | null; manner?: string | null }): Told {
  if (given.url !== undefined) simulator.webhookUrl = given.url ?? undefined;
  if (given.manner !== undefined) simulator.manner = MANNERS.find((manner) => manner === given.manner);
  return { status: 200, body: { url: simulator.webhookUrl ?? null, manner: simulator.manner ?? null } };
}

function renderState(simulator: Simulator): string {
  const state = stateOf(simulator, 50);
  const payments = state.payments.map(
    (payment) =>
      html`<tr><td>${payment.id}</td><td>${payment.metadata['everline_attempt']}</td><td class="num right">${payment.received} of ${payment.amount} ${payment.currency}</td><td>${payment.status}</td><td class="num right">${payment.refunded}</td></tr>`,
  );
  const sessions = state.sessions
    .filter((session) => session.status === 'open')
    .map((session) => html`<li><a href="/pay/${session.id}">${session.id}</a> ${session.reference ?? undefined}</li>`);
  const deliveries = state.deliveries.map((one) => {
    const event = simulator.store.get('event', one.event);
    return html`<tr><td>${new Date(one.atMs).toISOString()}</td><td>${event?.type}</td><td>${one.manner}</td><td>${one.answer}</td></tr>`;
  });
  const body = html`<main style="max-width:1000px"><h1>Payment simulator</h1>
<p class="soft">Money here is not real. The same as JSON: <a href="/_simulator/state">state</a>, <a href="/_simulator/cards">cards</a>. Webhooks go to ${state.webhookUrl ?? 'nobody'}; ${state.waiting} wait.</p>
<section><h2>Open pages</h2><ul>${sessions}</ul></section>
<section style="overflow-x:auto" tabindex="0"><h2>Payments (newest 50 of ${state.counts.payments})</h2><table><thead><tr><th>Payment</th><th>Attempt</th><th>Taken, in minor units</th><th>Status</th><th>Refunded</th></tr></thead><tbody>${payments}</tbody></table></section>
<section style="overflow-x:auto" tabindex="0"><h2>Webhooks</h2><table><thead><tr><th>At</th><th>Event</th><th>Manner</th><th>Answered</th></tr></thead><tbody>${deliveries}</tbody></table></section></main>`;
  return page('en', 'Payment simulator', body);
}
