/**
 * Stripe counts money in its own minor units (docs.stripe.com/currencies): mostly those of ISO 4217, but MGA has no
 * decimals there, and ISK and UGX have two for old times' sake, always 00. Three-decimal currencies must end in 0.
 */
import { exponentOf, type Money } from '#domain/money';
import { assert } from '#platform/assert';

const STRIPE_EXPONENTS: Readonly<Record<string, number>> = { MGA: 0, ISK: 2, UGX: 2 };

function stripeExponentOf(currency: string): number {
  return STRIPE_EXPONENTS[currency] ?? exponentOf(currency);
}

/** What one of our amounts must be a multiple of so that Stripe can charge it exactly. */
export function stepMinor(currency: string): bigint {
  if (exponentOf(currency) === 3) return 10n;
  const lost = exponentOf(currency) - stripeExponentOf(currency);
  return lost > 0 ? 10n ** BigInt(lost) : 1n;
}

export type StripeAmount = { readonly amount: number; readonly currency: string };

/** Undefined when Stripe cannot charge exactly this much. */
export function toStripeAmount(money: Money): StripeAmount | undefined {
  if (money.minor % stepMinor(money.currency) !== 0n) return undefined;
  const places = stripeExponentOf(money.currency) - exponentOf(money.currency);
  const amount = places >= 0 ? money.minor * 10n ** BigInt(places) : money.minor / 10n ** BigInt(-places);
  assert(amount >= 0n && amount <= BigInt(Number.MAX_SAFE_INTEGER), 'an amount at Stripe is a safe whole number');
  return { amount: Number(amount), currency: money.currency.toLowerCase() };
}

/** Throws for what is no whole amount of a currency we know: then the answer cannot be read, and the outcome is unknown. */
export function fromStripeAmount({ amount, currency }: StripeAmount): Money {
  assert(Number.isSafeInteger(amount) && amount >= 0, 'Stripe counts money in whole minor units');
  const code = currency.toUpperCase();
  const places = stripeExponentOf(code) - exponentOf(code);
  const factor = 10n ** BigInt(Math.abs(places));
  assert(places <= 0 || BigInt(amount) % factor === 0n, 'Stripe charges ISK and UGX in whole units');
  return { currency: code, minor: places > 0 ? BigInt(amount) / factor : BigInt(amount) * factor };
}
