/** Ways to pay as pages list them. A `code` is the provider's page with that choice, a saved method's id, or the balance. */
import type { Asker, MethodKind, MethodView } from '#channels/web';
import type { Market } from '#domain/catalog';
import type { AnyWay } from '#domain/orders';
import { type Attempt, type MethodUsed, PAYMENT_CHOICES, type SavedMethod } from '#domain/payments';
import { formatId, parseId } from '#platform/ids';
import { type Language, say } from '#platform/messages';

export function methodViews({ paymentChoices }: Pick<Market, 'paymentChoices'>): MethodView[] {
  return paymentChoices.map((choice) => ({ code: choice, kind: choice }));
}

/** What a person is charged by without a page: "Visa ···· 4242". */
export function savedView(language: Language, { savedMethodId, kind, brand, last4 }: SavedMethod): MethodView {
  const { label } = methodUsed(language, { kind, brand: brand ?? undefined, last4: last4 ?? undefined });
  return { code: formatId('mth', savedMethodId), kind: 'saved', label: label ?? say(language, `web.method.${kind}`) };
}

/** The way a code stands for; undefined when it is none of ours. A guest's is the provider's page, and `keep` is not theirs to wish. */
export function wayOf(code: string, { signIn }: Pick<Asker, 'signIn'>, keep = false): AnyWay | undefined {
  if (code === 'balance' && signIn !== undefined) return { kind: code };
  const savedMethodId = signIn === undefined ? undefined : parseId('mth', code);
  if (savedMethodId !== undefined) return { kind: 'saved', savedMethodId };
  const choice = PAYMENT_CHOICES.find((one) => one === code);
  return choice && { kind: 'page', choice, saveMethod: keep && signIn !== undefined };
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
