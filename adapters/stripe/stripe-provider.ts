import type { PaymentProvider } from '#domain/payments';
import { HOUR_MS, MINUTE_MS } from '#platform/clock';
import { chargeMethod } from './charge-method.ts';
import { stepMinor } from './convert-amount.ts';
import { listDisputes } from './list-disputes.ts';
import { closePage, KEY_LIFE_MS, lookUpPayment } from './look-up-payment.ts';
import { openPage } from './open-page.ts';
import { readEvent } from './read-event.ts';
import { lookUpRefund, refundPayment } from './refund-payment.ts';
import { createClient, type Link, readMishap, type StripeOptions } from './stripe-client.ts';

/** Stripe as a payment provider. Going live is a key and a host. */
export function createStripeProvider(options: StripeOptions): PaymentProvider {
  const stripe = createClient(options);
  const link: Link = { stripe, trouble: options.onTrouble ?? (() => {}) };
  return {
    code: 'stripe',
    keyLifeMs: KEY_LIFE_MS,
    // Requests end within our time-out; an hour also outlasts the lag of Stripe's search.
    notFoundHorizonMs: HOUR_MS,
    pageLifeMs: 31 * MINUTE_MS,
    stepMinor,
    openPage: (request) => openPage(link, request),
    closePage: (request, transportNow) => closePage(link, request, transportNow),
    charge: (request) => chargeMethod(link, request),
    lookUp: (request, transportNow) => lookUpPayment(link, request, transportNow),
    refund: (request) => refundPayment(link, request),
    lookUpRefund: (request) => lookUpRefund(link, request),
    listDisputes: (since, transportNow) => listDisputes(link, since, transportNow),
    forgetMethod: (methodReference) => forgetMethod(link, methodReference),
    readEvent: (rawBody, headers, transportNow) => readEvent(stripe, options.webhookSecrets, rawBody, headers, transportNow),
  };
}

/** Detached: nobody can charge it any more. One that is gone already is refused as a request, which is as good. */
async function forgetMethod(link: Link, methodReference: string): Promise<boolean> {
  try {
    await link.stripe.paymentMethods.detach(methodReference);
    return true;
  } catch (error) {
    const mishap = readMishap(error);
    if (mishap.kind === 'unknown') link.trouble(mishap.cause);
    return mishap.kind === 'refused';
  }
}
