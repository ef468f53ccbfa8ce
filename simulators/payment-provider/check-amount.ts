/** What Stripe takes as an amount (docs.stripe.com/currencies): least amounts, no third decimal, whole ISK and UGX. */
import { invalid } from './stripe-error.ts';

const LEAST: Readonly<Record<string, number>> = {
  usd: 50,
  eur: 50,
  jpy: 50,
  aud: 50,
  cad: 50,
  chf: 50,
  sgd: 50,
  gbp: 30,
  hkd: 400,
  mxn: 1000,
  sek: 300,
};
const IN_TENS = ['bhd', 'jod', 'kwd', 'omr', 'tnd'];
const IN_HUNDREDS = ['isk', 'ugx'];

export function checkAmount(amount: number, currency: string): void {
  if (!/^[a-z]{3}$/.test(currency)) throw invalid(`Invalid currency: ${currency}.`, { param: 'currency' });
  if (amount < (LEAST[currency] ?? 1))
    throw invalid('Amount must be at least the minimum for this currency.', { code: 'amount_too_small', param: 'amount' });
  if (amount > 99_999_999) throw invalid('Amount must be no more than $999,999.99.', { code: 'amount_too_large', param: 'amount' });
  checkStep(amount, currency);
}

export function checkStep(amount: number, currency: string): void {
  const step = IN_TENS.includes(currency) ? 10 : IN_HUNDREDS.includes(currency) ? 100 : 1;
  if (amount % step !== 0)
    throw invalid(`Invalid amount for ${currency}: must be divisible by ${step}.`, { code: 'invalid_charge_amount', param: 'amount' });
}
