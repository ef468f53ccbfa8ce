/** Stripe's hosted checkout: the card number is typed there and never reaches us (PAY-1, PCI SAQ A). */
import type Stripe from 'stripe';
import { sum } from '#domain/money';
import type { Outcome, PageItem, PageRequest, PaymentChoice } from '#domain/payments';
import type { Language } from '#platform/messages';
import { type StripeAmount, toStripeAmount } from './convert-amount.ts';
import { ensureCustomer } from './find-customer.ts';
import { readSession } from './read-payment.ts';
import { type Link, readMishap, unknownOutcome } from './stripe-client.ts';

type Params = Stripe.Checkout.SessionCreateParams;

/** `key`: the idempotency key, when it is not the attempt's reference. */
export async function openPage(link: Link, request: PageRequest, key = request.reference): Promise<Outcome> {
  const total = toStripeAmount(request.amount);
  if (total === undefined) return { kind: 'not_attempted', cause: 'stripe cannot charge this amount exactly' };
  let { handles } = request;
  try {
    handles = { ...handles, customer: await ensureCustomer(link, request, request.payerEmail) };
    const session = await link.stripe.checkout.sessions.create(paramsOf(request, total, handles.customer), { idempotencyKey: key });
    return readSession(session);
  } catch (error) {
    const mishap = readMishap(error);
    if (mishap.kind === 'refused') {
      link.trouble(mishap.cause);
      return { kind: 'not_attempted', cause: mishap.cause, handles };
    }
    return unknownOutcome(link, mishap.kind === 'declined' ? mishap.error.message : mishap.cause, handles);
  }
}

function paramsOf(request: PageRequest, total: StripeAmount, customer: string | undefined): Params {
  const metadata = metadataOf(request);
  const allowed = request.choice === undefined ? undefined : TYPES[request.choice];
  return {
    mode: 'payment',
    client_reference_id: request.reference,
    ...(customer === undefined ? {} : { customer }),
    success_url: request.returnUrl,
    cancel_url: request.cancelUrl,
    expires_at: Math.floor(request.expiresAt.getTime() / 1000),
    locale: LOCALES[request.language],
    line_items: lineItemsOf(request, total),
    ...(allowed === undefined ? {} : { allowed_payment_method_types: [allowed] }),
    // What is shown is what is charged: no conversion into the payer's currency.
    adaptive_pricing: { enabled: false },
    metadata,
    payment_intent_data: { description: request.description, metadata },
    payment_method_options: {
      ...(request.saveMethod ? { card: { setup_future_usage: 'off_session' }, paypal: { setup_future_usage: 'off_session' } } : {}),
      wechat_pay: { client: 'web' },
    },
    expand: ['payment_intent'],
  };
}

/** Wallets are offered by Stripe itself wherever cards are and the device has one. */
const TYPES: Readonly<Record<PaymentChoice, 'card' | 'paypal' | 'alipay' | 'wechat_pay'>> = {
  card: 'card',
  apple_pay: 'card',
  google_pay: 'card',
  paypal: 'paypal',
  alipay: 'alipay',
  wechat_pay: 'wechat_pay',
};

const LOCALES: Readonly<Record<Language, string>> = { en: 'en', es: 'es', 'zh-Hans': 'zh', 'zh-Hant': 'zh-TW' };

export function metadataOf(request: { readonly reference: string; readonly account: string }): Stripe.MetadataParam {
  return { everline_attempt: request.reference, everline_account: request.account };
}

function lineItemsOf(request: PageRequest, total: StripeAmount): NonNullable<Params['line_items']> {
  const items = itemize(request.items, request);
  const amounts = items?.map((item) => toStripeAmount(item.amount));
  if (!items || !amounts || amounts.includes(undefined)) return [lineItem(request.description, total)];
  return items.map((item, index) => lineItem(item.name, amounts[index] ?? total));
}

/** Undefined when the items cannot stand on the page: a discount among them, or they are not the whole amount. */
function itemize(items: readonly PageItem[], { amount }: PageRequest): readonly PageItem[] | undefined {
  const fits = items.length > 0 && items.every((item) => item.amount.minor >= 0n && item.amount.currency === amount.currency);
  if (!fits) return undefined;
  const total = sum(
    amount.currency,
    items.map((item) => item.amount),
  );
  return total.minor === amount.minor ? items : undefined;
}

function lineItem(name: string, { amount, currency }: StripeAmount): NonNullable<Params['line_items']>[number] {
  return { quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name } } };
}
