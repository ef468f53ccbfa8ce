import type { PaymentProvider } from '#domain/payments';
import { MINUTE_MS } from '#platform/clock';

const nothingDone = () =>
  Promise.resolve({ kind: 'not_attempted', cause: 'no payment provider is configured (STRIPE_SECRET_KEY)' } as const);

/** An installation without a provider: nothing is attempted, and orders say so; the balance still pays. */
export const noProvider: PaymentProvider = {
  code: 'none',
  keyLifeMs: 0,
  notFoundHorizonMs: 0,
  pageLifeMs: 31 * MINUTE_MS,
  stepMinor: () => 1n,
  openPage: nothingDone,
  closePage: nothingDone,
  charge: nothingDone,
  lookUp: nothingDone,
  refund: nothingDone,
  lookUpRefund: nothingDone,
  listDisputes: () => Promise.resolve({ kind: 'listed', disputes: [] }),
  forgetMethod: () => Promise.resolve(true),
  readEvent: () => ({ flaw: 'forged' }),
};
