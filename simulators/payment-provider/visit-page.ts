/** What visitors of the hosted page do: look, pay by card, go through a wallet or their bank. */
import type { ServerResponse } from 'node:http';
import { waitWhileOpen } from './answer-api.ts';
import { newPayment } from './answer-payments.ts';
import { sessionNow } from './answer-sessions.ts';
import { type AnswerManner, cardByName, cardByNumber, isCardNumber, type TestCard } from './cards.ts';
import {
  isOffered,
  isWallet,
  renderApproval,
  renderCheckout,
  renderNotFound,
  renderNotice,
  type View,
  viewOf,
  type Wallet,
} from './checkout-page.ts';
import type { Later } from './finish-later.ts';
import { languageOf } from './languages.ts';
import { type ErrorName, errorNamed } from './page-texts.ts';
import type { MethodRecord, PaymentRecord, SessionRecord } from './records.ts';
import { newId, nowSeconds, type Simulator } from './simulator.ts';
import { refuse, type Stage, type Taken, takePayment } from './take-payment.ts';

export type Visit = { readonly method: string; readonly url: URL; readonly form: URLSearchParams };
type Sent = { readonly status: number; readonly text?: string; readonly location?: string };

/** `/pay/<session>` and `/pay/<session>/approve`. */
export async function visitPage(simulator: Simulator, later: Later, visit: Visit, response: ServerResponse): Promise<void> {
  const path = /^\/pay\/(cs_test_\w+)(\/approve)?$/.exec(visit.url.pathname);
  const session = path ? simulator.store.transaction(() => sessionNow(simulator, path[1] ?? '')) : undefined;
  const asked = visit.url.searchParams.get('lang');
  if (!path || !session) {
    send(response, { status: 404, text: renderNotFound(languageOf('en', asked)) });
    return;
  }
  const view = viewOf(simulator, session, asked);
  const onApproval = path[2] !== undefined;
  if (session.status === 'complete')
    send(response, visit.method === 'POST' ? toSuccess(session) : { status: 200, text: renderNotice(view, 'paid') });
  else if (session.status === 'expired') send(response, { status: 410, text: renderNotice(view, 'expired') });
  else if (visit.method === 'GET')
    send(response, { status: 200, text: onApproval ? renderApproval(view, walletOf(visit)) : renderCheckout(view) });
  else await act(view, later, onApproval ? decide(view, visit) : pay(view, visit), response);
  later.poke();
}

function walletOf({ url, form }: Visit): Wallet | undefined {
  const choice = form.get('choice') ?? url.searchParams.get('choice') ?? '';
  return isWallet(choice) ? choice : undefined;
}

type Act = { readonly taken: Taken } | { readonly error: ErrorName } | { readonly sent: Sent };

async function act(view: View, later: Later, done: Act, response: ServerResponse): Promise<void> {
  if ('sent' in done) return send(response, done.sent);
  if ('error' in done) return send(response, { status: 422, text: renderCheckout(view, done.error) });
  const { taken } = done;
  await later.run(taken.early);
  if (taken.result === 'challenge') return send(response, { status: 303, location: approvalUrl(view) });
  if (taken.result === 'declined') {
    const error = errorNamed(taken.payment.error?.decline_code ?? taken.payment.error?.code ?? '');
    return send(response, { status: 402, text: renderCheckout(view, error) });
  }
  return succeed(view, taken.answer, response);
}

async function succeed(view: View, answer: AnswerManner, response: ServerResponse): Promise<void> {
  if (answer === 'slow') await waitWhileOpen(response, view.simulator.times.slowMs);
  if (answer === 'lost') return send(response, { status: 504, text: renderNotice(view, 'lost') });
  if (answer === 'error_500') return send(response, { status: 500, text: renderNotice(view, 'lost') });
  send(response, toSuccess(view.session));
}

function approvalUrl({ simulator, session, language }: View, wallet?: Wallet): string {
  const choice = wallet === undefined ? '' : `&choice=${wallet}`;
  return `${simulator.publicUrl}/pay/${session.id}/approve?lang=${language}${choice}`;
}

function toSuccess({ successUrl, id }: SessionRecord): Sent {
  return { status: 303, location: successUrl.replaceAll('{CHECKOUT_SESSION_ID}', id) };
}

/** The page itself: a wallet leads on, a card is checked and taken. */
function pay(view: View, visit: Visit): Act {
  const wallet = walletOf(visit);
  if (wallet !== undefined)
    return { sent: { status: 303, location: isOffered(view.session, wallet) ? approvalUrl(view, wallet) : view.simulator.publicUrl } };
  const { form } = visit;
  const number = form.get('test_card') ?? form.get('number') ?? '';
  if (!isCardNumber(number)) return { error: 'number' };
  const expires = form.has('test_card') ? `12/${(view.simulator.now().getUTCFullYear() + 3) % 100}` : (form.get('expires') ?? '');
  const date = readExpiry(expires, view.simulator.now());
  if (date === undefined) return { error: 'expires' };
  if (!form.has('test_card') && !/^\d{3,4}$/.test(form.get('code') ?? '')) return { error: 'code' };
  const card = cardByNumber(number);
  return { taken: take(view, methodOf(view, card, { last4: number.replace(/\D/g, '').slice(-4), ...date }), 'page') };
}

type Expiry = { readonly month: number; readonly year: number };

/** `12/34`, `1234` or `12 / 2034`, at the end of its month. */
function readExpiry(text: string, now: Date): Expiry | undefined {
  const found = /^(\d{1,2})\s*\/?\s*(?:20)?(\d{2})$/.exec(text.trim());
  const month = Number(found?.[1]);
  const year = 2000 + Number(found?.[2]);
  const isReal = found !== null && month >= 1 && month <= 12;
  return isReal && Date.UTC(year, month) > now.getTime() ? { month, year } : undefined;
}

function methodOf({ simulator }: View, card: TestCard, shown: Expiry & { readonly last4: string }): MethodRecord {
  const common = { id: newId('pm'), created: nowSeconds(simulator), customer: null, type: 'card', wallet: null } as const;
  return { ...common, brand: card.brand, last4: shown.last4, expiresMonth: shown.month, expiresYear: shown.year, card: card.name };
}

/** The payment of this session: one, tried as often as it takes. */
function paymentOf({ simulator, session }: View): PaymentRecord {
  const existing = session.paymentId === null ? undefined : simulator.store.get('payment', session.paymentId);
  if (existing) return existing;
  const { amount, currency, customer, description, paymentMetadata: metadata } = session;
  return { ...newPayment(simulator, { amount, currency, customer, description, metadata }), savesMethod: session.savesCard };
}

function take(view: View, method: MethodRecord, stage: Stage): Taken {
  const { store } = view.simulator;
  return store.transaction(() => {
    const payment = paymentOf(view);
    const session: SessionRecord = { ...view.session, paymentId: payment.id };
    store.put('session', session);
    return takePayment(view.simulator, { payment, method, session, stage });
  });
}

/** Yes or no, to the bank (a payment waits for it) or to a wallet. */
function decide(view: View, visit: Visit): Act {
  const { simulator } = view;
  const wallet = walletOf(visit);
  const isYes = visit.form.get('decision') === 'approve';
  if (wallet !== undefined && !isOffered(view.session, wallet)) return { sent: { status: 303, location: `/pay/${view.session.id}` } };
  if (wallet !== undefined)
    return { taken: isYes ? take(view, walletMethod(view, wallet), 'page') : fail(view, walletMethod(view, wallet)) };
  const waiting = view.session.paymentId === null ? undefined : simulator.store.get('payment', view.session.paymentId);
  const method = waiting?.status === 'requires_action' ? simulator.store.get('method', waiting.methodId ?? '') : undefined;
  if (!method) return { sent: { status: 303, location: `/pay/${view.session.id}` } };
  return { taken: isYes ? take(view, method, 'challenged') : fail(view, method) };
}

function walletMethod({ simulator }: View, wallet: Wallet): MethodRecord {
  const common = { id: newId('pm'), created: nowSeconds(simulator), customer: null, card: 'good' };
  const none = { wallet: null, brand: null, last4: null, expiresMonth: null, expiresYear: null };
  if (wallet !== 'apple_pay' && wallet !== 'google_pay') return { ...common, ...none, type: wallet };
  const expiresYear = simulator.now().getUTCFullYear() + 3;
  return { ...common, type: 'card', wallet, brand: 'visa', last4: '4242', expiresMonth: 12, expiresYear };
}

function fail(view: View, method: MethodRecord): Taken {
  const { store } = view.simulator;
  const message = 'We are unable to authenticate your payment method.';
  return store.transaction(() => {
    const payment = { ...paymentOf(view), methodId: method.id };
    store.put('method', method);
    store.put('session', { ...view.session, paymentId: payment.id });
    const error = { type: 'card_error', code: 'payment_intent_authentication_failure', message } as const;
    return refuse(view.simulator, payment, error, cardByName(method.card));
  });
}

function send(response: ServerResponse, sent: Sent): void {
  response.writeHead(sent.status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(sent.location === undefined ? {} : { location: sent.location }),
  });
  response.end(sent.text ?? '');
}
