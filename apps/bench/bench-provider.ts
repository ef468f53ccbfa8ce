/**
 * The one stand-in that is no program of its own: a provider that answers at once, in process, so that the renewal bench
 * measures Everline and not a simulator. Everything it says has the shape of the real port.
 */
import type { AttemptRequest, Outcome, PaymentProvider } from '#domain/payments';
import { HOUR_MS, MINUTE_MS } from '#platform/clock';

function paid(request: AttemptRequest): Outcome & { kind: 'succeeded' } {
  const method = {
    kind: 'card',
    brand: 'visa',
    last4: '4242',
    expires: '2044-12',
    savedMethodReference: `pm_${request.customerKey}`,
  } as const;
  return {
    kind: 'succeeded',
    providerId: `pay_${request.reference}`,
    captured: request.amount,
    method,
    handles: { customer: request.customerKey },
  };
}

export const benchProvider: PaymentProvider = {
  code: 'bench',
  keyLifeMs: HOUR_MS,
  notFoundHorizonMs: HOUR_MS,
  pageLifeMs: 31 * MINUTE_MS,
  stepMinor: () => 1n,
  openPage: async (request) => paid(request),
  charge: async (request) => paid(request),
  closePage: async (request) => paid(request),
  lookUp: async (request) => paid(request),
  refund: async (request) => ({ kind: 'succeeded', providerId: request.reference, refunded: request.amount }),
  lookUpRefund: async (request) => ({ kind: 'succeeded', providerId: request.reference, refunded: request.amount }),
  listDisputes: async () => ({ kind: 'listed', disputes: [] }),
  forgetMethod: async () => true,
  readEvent: () => ({ flaw: 'forged' }),
};
