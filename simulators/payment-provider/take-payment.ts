/** Confirming a payment with a method: what the card does, decides. Everything here happens inside one store transaction. */
import { type AnswerManner, cardByName, type Decline, type TestCard } from './cards.ts';
import type { MethodRecord, PaymentError, PaymentRecord, SessionRecord } from './records.ts';
import { renderCharge, renderPayment, renderSession } from './render-objects.ts';
import { type News, tellNews } from './send-webhooks.ts';
import { newId, type Simulator } from './simulator.ts';

export type Taken = {
  readonly payment: PaymentRecord;
  readonly result: 'succeeded' | 'declined' | 'challenge';
  readonly answer: AnswerManner;
  /** Deliveries to be run before the answer. */
  readonly early: readonly number[];
};

/** `stage`: charged without the customer, on the page, or on the page after the bank said yes. */
export type Stage = 'off_session' | 'page' | 'challenged';

export function takePayment(
  simulator: Simulator,
  paid: {
    readonly payment: PaymentRecord;
    readonly method: MethodRecord;
    readonly session?: SessionRecord | undefined;
    readonly stage: Stage;
  },
): Taken {
  const { method, stage } = paid;
  const card = cardByName(method.card);
  simulator.store.put('method', method);
  const payment = { ...paid.payment, methodId: method.id };
  if (stage === 'page' && card.challenge !== undefined) {
    const waiting: PaymentRecord = { ...payment, status: 'requires_action', error: null };
    simulator.store.put('payment', waiting);
    const early = tell(simulator, card, [{ type: 'payment_intent.requires_action', object: renderPayment(simulator, waiting) }]);
    return { payment: waiting, result: 'challenge', answer: 'plain', early };
  }
  const decline = declineOf(card, stage);
  return decline ? refuse(simulator, payment, errorOf(decline), card) : accept(simulator, { ...paid, payment }, card);
}

function declineOf(card: TestCard, stage: Stage): Decline | undefined {
  if (stage === 'off_session') {
    if (card.challenge === 'always') return { code: 'authentication_required', declineCode: 'authentication_required' };
    return card.laterDecline ?? card.decline;
  }
  if (stage === 'challenged' && card.challenge === 'then_declined') return { code: 'card_declined', declineCode: 'generic_decline' };
  return card.decline;
}

function errorOf({ code, declineCode }: Decline): PaymentError {
  const message =
    code === 'authentication_required' ? 'Your card was declined. This transaction requires authentication.' : 'Your card was declined.';
  return { type: 'card_error', code, ...(declineCode === undefined ? {} : { decline_code: declineCode }), message };
}

/** The payment stays, to be tried with another method. */
export function refuse(simulator: Simulator, payment: PaymentRecord, error: PaymentError, card: TestCard): Taken {
  const refused: PaymentRecord = { ...payment, status: 'requires_payment_method', error };
  simulator.store.put('payment', refused);
  const early = tell(simulator, card, [{ type: 'payment_intent.payment_failed', object: renderPayment(simulator, refused) }]);
  return { payment: refused, result: 'declined', answer: card.answer ?? 'plain', early };
}

function accept(
  simulator: Simulator,
  paid: { readonly payment: PaymentRecord; readonly method: MethodRecord; readonly session?: SessionRecord | undefined },
  card: TestCard,
): Taken {
  const { session, method } = paid;
  const processing = renderPayment(simulator, { ...paid.payment, status: 'processing', error: null });
  const payment: PaymentRecord = {
    ...paid.payment,
    status: 'succeeded',
    error: null,
    received: receivedOf(paid.payment, card),
    chargeId: newId('ch'),
  };
  simulator.store.put('payment', payment);
  const canBeSaved = method.type === 'card' || method.type === 'paypal';
  if (payment.savesMethod && canBeSaved && method.customer === null)
    simulator.store.put('method', { ...method, customer: payment.customer });
  const news: News[] = [
    ...(card.webhook === 'out_of_order' ? [{ type: 'payment_intent.processing', object: processing }] : []),
    { type: 'payment_intent.succeeded', object: renderPayment(simulator, payment) },
    { type: 'charge.succeeded', object: renderCharge(simulator, payment) },
  ];
  if (session) {
    const complete: SessionRecord = { ...session, status: 'complete', paymentId: payment.id };
    simulator.store.put('session', complete);
    news.push({ type: 'checkout.session.completed', object: renderSession(simulator, complete) });
  }
  const early = tell(simulator, card, news);
  if (card.dispute !== undefined)
    simulator.store.addTask(Date.now() + simulator.times.disputeMs, 'open_dispute', { payment: payment.id, reason: card.dispute });
  return { payment, result: 'succeeded', answer: card.answer ?? 'plain', early };
}

/** Gives the deliveries that are to be made before the answer. */
function tell(simulator: Simulator, card: TestCard, news: readonly News[]): readonly number[] {
  const tasks = tellNews(simulator, news, card.webhook);
  return (simulator.manner ?? card.webhook) === 'early' ? tasks : [];
}

/** A tenth less, or a tenth more; in tens, for the sake of three-decimal currencies. */
function receivedOf({ amount }: PaymentRecord, { captures }: TestCard): number {
  const tenth = Math.max(10, Math.floor(amount / 100) * 10);
  if (captures === 'less') return Math.max(0, amount - tenth);
  return captures === 'more' ? amount + tenth : amount;
}
