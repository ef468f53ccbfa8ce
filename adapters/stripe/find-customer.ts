/**
 * A customer at Stripe per person, and per intent for a guest: what makes an attempt findable when its answer was lost,
 * since lists by customer are up to date while search lags. Never more about them than our key, and the e-mail they gave.
 */
import type { AttemptRequest } from '#domain/payments';
import { type Link, readMishap } from './stripe-client.ts';

/** The known customer, or a new one. The same attempt gets the same one while Stripe keeps the key. Throws what the SDK throws. */
export async function ensureCustomer(link: Link, request: AttemptRequest, payerEmail?: string | undefined): Promise<string> {
  if (request.handles.customer !== undefined) return request.handles.customer;
  const customer = await createCustomer(link, request);
  if (payerEmail !== undefined) await nameEmail(link, customer, payerEmail);
  return customer;
}

/** Known, created before under this attempt's key, or indexed; undefined when there is none, and so no payment either. */
export async function findCustomer(link: Link, request: AttemptRequest, keyIsKept: boolean): Promise<string | undefined> {
  if (request.handles.customer !== undefined) return request.handles.customer;
  if (keyIsKept) {
    try {
      return await createCustomer(link, request);
    } catch (error) {
      // Stripe stores a 500 and repeats it, though the customer may have been made: then the index has to tell.
      link.trouble(`customer not found by its key: ${describe(error)}`);
    }
  }
  const found = await link.stripe.customers.search({ query: `metadata['everline_attempt']:'${request.reference}'`, limit: 1 });
  return found.data[0]?.id;
}

async function createCustomer(link: Link, request: AttemptRequest): Promise<string> {
  const metadata = { everline_customer: request.customerKey, everline_attempt: request.reference };
  const customer = await link.stripe.customers.create({ metadata }, { idempotencyKey: `${request.reference}.customer` });
  return customer.id;
}

/** Spares them typing it on the page. Not in the creation itself, which must be repeatable without knowing it. */
async function nameEmail(link: Link, customer: string, email: string): Promise<void> {
  try {
    await link.stripe.customers.update(customer, { email });
  } catch (error) {
    link.trouble(`customer's e-mail not set: ${describe(error)}`);
  }
}

function describe(error: unknown): string {
  const mishap = readMishap(error);
  return mishap.kind === 'declined' ? mishap.error.message : mishap.cause;
}
