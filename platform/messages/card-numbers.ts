/**
 * Numbers of payment cards (ISO/IEC 7812-1: up to 19 digits, the last one by Luhn). They are typed at the provider alone; typed
 * elsewhere by mistake, they are neither kept nor shown again.
 */

/** 13 to 19 digits, as people group them. */
const RUN = /\d(?:[ -]?\d){12,18}(?!\d)/g;

/** The text without what may be the number of a card. */
export function withoutCardNumbers(text: string): string {
  return text.replace(RUN, (run) => (isCardNumber(run) ? '' : run));
}

function isCardNumber(run: string): boolean {
  const digits = [...run.replace(/\D/g, '')].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => total + (place % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0);
  return sum % 10 === 0;
}
