import type { Refusal } from '#platform/refusals';
import { withoutCardNumbers } from './card-numbers.ts';
import type { Language } from './language.ts';
import { hasMessage, type LooseValues, sayLoosely } from './say.ts';

/**
 * What the customer reads for a refusal: `refusal.<code>` with the refusal's own values. `context` gives `zone` (and
 * `now`) for the days in it. Every declared code has its text (tested); should one be missing, the general words.
 */
export function sayRefusal(language: Language, refusal: Refusal, context: { readonly zone?: string; readonly now?: Date } = {}): string {
  const key = `refusal.${refusal.code}`;
  const values: LooseValues = { ...context, ...refusal.values, ...quoted(refusal), ...moneyIn(refusal) };
  return sayLoosely(language, hasMessage(key) ? key : 'refusal.unexpected', values);
}

/** What was typed is quoted, but no card's number. */
function quoted({ values: { text } }: Refusal): LooseValues {
  return typeof text === 'string' && withoutCardNumbers(text) !== text ? { text: '…' } : {};
}

/** A refusal's values are flat: `shortMinor` with `currency` is the money `short`. */
function moneyIn({ values }: Refusal): LooseValues {
  const currency = values['currency'];
  if (typeof currency !== 'string') return {};
  const amounts = Object.entries(values).filter(
    (entry): entry is [string, bigint] => entry[0].endsWith('Minor') && typeof entry[1] === 'bigint',
  );
  return Object.fromEntries(amounts.map(([name, minor]) => [name.slice(0, -'Minor'.length), { currency, minor }]));
}

/** Plain words for a declined payment, with a way forward (PAY-5); a reason we have no words for gets the general ones. */
export function sayDecline(language: Language, reason: string): string {
  const key = `decline.${reason}`;
  return sayLoosely(language, hasMessage(key) ? key : 'decline.generic', {});
}
