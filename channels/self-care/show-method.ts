/** Ways to pay as pages list them. A `code` is the provider's page with that choice: guests have no other way. */
import type { MethodKind, MethodView } from '#channels/web';
import type { Market } from '#domain/catalog';
import type { PayWay } from '#domain/orders';
import { type Attempt, type MethodUsed, PAYMENT_CHOICES } from '#domain/payments';
import { type Language, say } from '#platform/messages';

export function methodViews({ paymentChoices }: Pick<Market, 'paymentChoices'>): MethodView[] {
  return paymentChoices.map((choice) => ({ code: choice, kind: choice }));
}

/** The way a code stands for; undefined when it is none of ours. */
export function wayOf(code: string): PayWay | undefined {
  const choice = PAYMENT_CHOICES.find((one) => one === code);
  return choice && { kind: 'page', choice, saveMethod: false };
}

/** What paid, or was chosen to pay, an order. */
export function methodOfAttempt(language: Language, attempt: Pick<Attempt, 'choice' | 'method'> | undefined): MethodView {
  const choice = attempt?.choice ?? 'card';
  return attempt?.method ? { ...methodUsed(language, attempt.method), code: choice } : { code: choice, kind: choice };
}

export function methodUsed(language: Language, { kind, brand, last4 }: MethodUsed): MethodView {
  const shown = { code: kind, kind: kind satisfies MethodKind };
  if (brand === undefined || last4 === undefined) return shown;
  return { ...shown, label: say(language, 'receipt.method.card', { brand: brandName(brand), lastFour: last4 }) };
}

const BRANDS: Readonly<Record<string, string>> = { amex: 'American Express', unionpay: 'UnionPay', jcb: 'JCB', diners: 'Diners Club' };

/** "visa" → "Visa" */
function brandName(brand: string): string {
  return BRANDS[brand] ?? brand.charAt(0).toUpperCase() + brand.slice(1);
}
