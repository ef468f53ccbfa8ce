/**
 * What a password must be (NIST SP 800-63B-4 §3.1.1.2): long enough, not among the most common, not one's own name. No rules of
 * composition and no forced change: both make people choose worse ones.
 */
import type { Refusal } from '#platform/refusals';
import { refuse } from './refusals.ts';

export const PASSWORD_LENGTH = { min: 8, max: 128 } as const;
export type PasswordRefusal = Refusal<
  'people.password_short' | 'people.password_long' | 'people.password_common' | 'people.password_like_name'
>;

/** "password2026!" is as well known as "password". */
const TAIL_LENGTH_MAX = 4;

/** The password in the one form that is hashed. `names`: what its owner is known by. Lengths in characters, as people count. */
export async function checkPassword(typed: string, names: readonly string[]): Promise<string | PasswordRefusal> {
  const password = normalisePassword(typed);
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.min) return refuse('people.password_short', { min: PASSWORD_LENGTH.min });
  if (length > PASSWORD_LENGTH.max) return refuse('people.password_long', { max: PASSWORD_LENGTH.max });
  const lower = password.toLowerCase();
  if (names.some((name) => lower === name.toLowerCase() || lower === name.toLowerCase().split('@')[0]))
    return refuse('people.password_like_name');
  const common = await commonPasswords();
  const stem = lower.replace(/[^\p{L}]+$/u, '');
  const isStemCommon = stem.length >= 4 && lower.length - stem.length <= TAIL_LENGTH_MAX && common.has(stem);
  const isOneSign = new Set(lower).size === 1;
  return common.has(lower) || isStemCommon || isOneSign ? refuse('people.password_common') : password;
}

/** The same signs however a keyboard composes them. */
export function normalisePassword(typed: string): string {
  return typed.normalize('NFKC');
}

let loading: Promise<ReadonlySet<string>> | undefined;

/** About 50,000, from public leaks; read when the first password is chosen, 30 ms and 4 MB. */
function commonPasswords(): Promise<ReadonlySet<string>> {
  loading ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return loading;
}
