/** Rows of what is of a person alone: how they sign in, where they are signed in, what they like. */
import { randomUUID } from 'node:crypto';
import { DONE, get, own, type PageRows, post, postCode, SHOWN, SIGN_IN } from './page-row.ts';
import { each, UNKNOWN } from './try-matrix.ts';

const OF_OWNER = each(SIGN_IN, UNKNOWN, UNKNOWN, UNKNOWN, DONE);

const EVERYTHING = Object.fromEntries(
  ['payment', 'data', 'plan', 'number', 'balance'].flatMap((topic) => ['mail', 'sms'].map((channel) => [`${topic}.${channel}`, 'on'])),
);

export const PERSON_PAGES: PageRows = {
  'GET /security': [get('their own', own(SHOWN), () => '/security')],
  'POST /security?/end': [
    post(
      'the owner’s sign-in',
      OF_OWNER,
      () => '/security?/end',
      ({ signIn }) => ({ id: signIn }),
      { fresh: true },
    ),
  ],
  'POST /security?/add_passkey': [post('no answer of a device', own('422'), () => '/security?/add_passkey', { answer: '{}' })],
  'POST /security?/remove_passkey': [
    post(
      'the owner’s passkey',
      OF_OWNER,
      () => '/security?/remove_passkey',
      ({ passkey }) => ({ id: passkey }),
    ),
  ],
  'POST /security?/remove_contact': [post('their only one', own('409'), () => '/security?/remove_contact', { kind: 'email' })],
  'GET /security/contact': [get('the page', own(SHOWN), () => '/security/contact?kind=email')],
  'POST /security/contact': [
    post(
      'a new one',
      own(DONE),
      () => '/security/contact',
      () => ({ contact: `${randomUUID()}@example.com` }),
    ),
  ],
  'GET /security/contact/code': [get('no code was asked for', own(DONE), () => '/security/contact/code')],
  'POST /security/contact/code': [postCode('contact', '/security/contact/code')],
  'GET /security/password': [get('the page', own(SHOWN), () => '/security/password')],
  'POST /security/password': [
    post(
      'a new one',
      own(DONE),
      () => '/security/password',
      () => ({ password: randomUUID() }),
      { fresh: true },
    ),
  ],
  'GET /security/prove': [get('the page', own(SHOWN), () => '/security/prove')],
  'POST /security/prove?/password': [
    post('a wrong one', own('401'), () => '/security/prove?/password', { password: 'no password of theirs' }),
  ],
  'POST /security/prove?/code': [post('to their own address', own(DONE), () => '/security/prove?/code', { kind: 'email' })],
  'POST /security/prove?/passkey': [post('no answer of a device', own('422'), () => '/security/prove?/passkey', { answer: '{}' })],
  'GET /security/prove/code': [get('no code was asked for', own(DONE), () => '/security/prove/code')],
  'POST /security/prove/code': [postCode('prove', '/security/prove/code')],
  'GET /settings': [get('their own', own(SHOWN), () => '/settings')],
  'POST /settings?/profile': [post('their own name', own(DONE), () => '/settings?/profile', { name: 'New Name', language: 'en' })],
  'POST /settings?/user_name': [
    post(
      'a user name',
      own(DONE),
      () => '/settings?/user_name',
      () => ({ user_name: `n${randomUUID().slice(0, 8)}` }),
    ),
  ],
  'POST /settings?/forget': [
    post(
      'the owner’s kept card',
      OF_OWNER,
      () => '/settings?/forget',
      ({ method }) => ({ id: method }),
      { fresh: true },
    ),
  ],
  'POST /settings?/notices': [post('what they hear', own(DONE), () => '/settings?/notices', EVERYTHING)],
};
