/** What people type as their address or user name, made one form: pure. Numbers are read by `lines.readNumber`. */
import type { Refusal } from '#platform/refusals';
import type { Contact, SignInName } from './people.ts';
import { refuse } from './refusals.ts';

/** RFC 5321 §4.5.3.1: no address is longer. */
const EMAIL_LENGTH_MAX = 254;
/** One mailbox and nothing else: no list, no display name, no line break, so that nothing of it becomes a header. */
const EMAIL = /^[^\s@<>(),;:\\"[\]\p{Cc}]{1,64}@[^\s@<>(),;:\\"[\]\p{Cc}]+\.[^\s@<>(),;:\\"[\].\p{Cc}]+$/u;
const USER_NAME = /^[a-z][a-z0-9._-]{2,31}$/;

/** Lower case: no provider people use tells addresses apart by it. Refuses `people.email_invalid`. */
export function readEmail(typed: string): Contact | Refusal<'people.email_invalid'> {
  const value = typed.normalize('NFKC').trim().toLowerCase();
  return value.length <= EMAIL_LENGTH_MAX && EMAIL.test(value) ? { kind: 'email', value, holder: null } : refuse('people.email_invalid');
}

/** Never like a number or an address, so that a name says which it is. Refuses `people.user_name_invalid`. */
export function readUserName(typed: string): SignInName | Refusal<'people.user_name_invalid'> {
  const value = typed.normalize('NFKC').trim().toLowerCase();
  return USER_NAME.test(value) ? { kind: 'user_name', value, holder: null } : refuse('people.user_name_invalid');
}
