/** A saved method, charged without the customer. When their bank wants to ask them, they get a link to a page for it. */
import type { ChargeRequest, Outcome } from '#domain/payments';
import { type StripeAmount, toStripeAmount } from './convert-amount.ts';
import { nameDecline } from './name-decline.ts';
import { metadataOf, openPage } from './open-page.ts';
import { PAYMENT_EXPANDED, readPayment } from './read-payment.ts';
import { type Link, readMishap, unknownOutcome } from './stripe-client.ts';

export async function chargeMethod(link: Link, request: ChargeRequest): Promise<Outcome> {
  const total = toStripeAmount(request.amount);
  if (total === undefined) return { kind: 'not_attempted', cause: 'stripe cannot charge this amount exactly' };
  const { handles } = request;
  try {
    return readPayment(await createPayment(link, request, total));
  } catch (error) {
    const mishap = readMishap(error);
    if (mishap.kind === 'unknown') return unknownOutcome(link, mishap.cause, handles);
    if (mishap.kind === 'refused') {
      link.trouble(mishap.cause);
      // A method that was detached or whose customer is gone is refused as a request, but to the customer it is a decline.
      const reason = nameDecline({ code: mishap.code });
      return reason === 'method_removed' ? { kind: 'declined', reason, handles } : { kind: 'not_attempted', cause: mishap.cause, handles };
    }
    const reason = nameDecline(mishap.error);
    const providerId = mishap.error.payment_intent?.id;
    return reason === 'authentication_required' ? linkToBank(link, request) : { kind: 'declined', reason, providerId, handles };
  }
}

function createPayment(link: Link, request: ChargeRequest, total: StripeAmount) {
  const params = {
    ...total,
    payment_method: request.methodReference,
    ...(request.handles.customer === undefined ? {} : { customer: request.handles.customer }),
    confirm: true,
    off_session: true,
    automatic_payment_methods: { enabled: true },
    return_url: request.returnUrl,
    description: request.description,
    metadata: metadataOf(request),
    expand: PAYMENT_EXPANDED,
  };
  return link.stripe.paymentIntents.create(params, { idempotencyKey: request.reference });
}

/** The refused payment cannot succeed any more by itself; the page is a new one under the same attempt. */
async function linkToBank(link: Link, request: ChargeRequest): Promise<Outcome> {
  const page = await openPage(link, { ...request, saveMethod: false }, `${request.reference}.page`);
  if (page.kind === 'pending')
    return { kind: 'pending', authenticationUrl: page.pageUrl, expiresAt: page.expiresAt, handles: page.handles };
  return page.kind === 'not_attempted' ? { kind: 'declined', reason: 'authentication_required', handles: request.handles } : page;
}
