/** Rows of what anybody may ask for: the front, the words, ways in. They tell nothing of anybody. */
import { DONE, get, type PageRows, post, SHOWN, SIGN_IN } from './page-row.ts';
import { all, each } from './try-matrix.ts';

const WRONG = 'none of the passwords anybody has';
/** Whoever is in already is led on. */
const WAY_IN = each(SHOWN, DONE, DONE, DONE, DONE);
const LED_ON = each('401', DONE, DONE, DONE, DONE);
const NOT_HERE = all('404');

export const OPEN_PAGES: PageRows = {
  'GET /': [get('the front', all(SHOWN), () => '/'), get('with a number', all(SHOWN), () => '/?number=%2B12065550142')],
  'POST /': [
    post(
      'a line by its number',
      all(DONE),
      () => '/',
      ({ number }) => ({ number }),
    ),
    post('no line’s number', all('404'), () => '/', { number: '+1 206 555 9998' }),
  ],
  'GET /[script].[hash].js': [get('no script of ours', NOT_HERE, () => '/nothing.nothing.js')],
  'GET /icon.svg': [get('the sign', all(SHOWN), () => '/icon.svg')],
  'GET /terms': [get('the terms', all(SHOWN), () => '/terms')],
  'GET /privacy': [get('the privacy notice', all(SHOWN), () => '/privacy')],
  'GET /clock': [get('outside a demonstration', NOT_HERE, () => '/clock')],
  'POST /clock': [post('outside a demonstration', NOT_HERE, () => '/clock', { by: '+1d' })],
  'GET /outbox': [get('outside a demonstration', NOT_HERE, () => '/outbox')],
  'POST /passkey': [
    post('to sign in', all(SHOWN), () => '/passkey', { what: 'sign_in' }),
    post('to keep one', each(SIGN_IN, SHOWN, SHOWN, SHOWN, SHOWN), () => '/passkey', { what: 'add' }),
    post('to prove', each(SIGN_IN, SHOWN, SHOWN, SHOWN, SHOWN), () => '/passkey', { what: 'prove' }),
  ],
  'GET /sign-in': [get('the page', WAY_IN, () => '/sign-in')],
  'POST /sign-in?/password': [post('a wrong one', LED_ON, () => '/sign-in?/password', { name: 'nobody@example.com', password: WRONG })],
  'POST /sign-in?/code': [post('to an address', all(DONE), () => '/sign-in?/code', { name: 'anybody@example.net' })],
  'POST /sign-in?/passkey': [
    post('no answer of a device', each('422', DONE, DONE, DONE, DONE), () => '/sign-in?/passkey', { answer: '{}' }),
  ],
  'GET /sign-in/code': [get('no code was asked for', all(SIGN_IN), () => '/sign-in/code')],
  'POST /sign-in/code': [post('no code was asked for', all(SIGN_IN), () => '/sign-in/code', { code: '123456' })],
  'GET /sign-in/link': [get('the button', all(SHOWN), () => '/sign-in/link?code=none')],
  'POST /sign-in/link': [post('a link that is none', all('410'), () => '/sign-in/link', { code: 'none' })],
  'POST /sign-out': [post('out', all(DONE), () => '/sign-out', {}, { fresh: true })],
  'GET /sign-up': [get('the page', WAY_IN, () => '/sign-up')],
  'POST /sign-up': [post('to an address', all(DONE), () => '/sign-up', { contact: 'anybody@example.org' })],
  'GET /sign-up/finish': [get('no code was typed', all(DONE), () => '/sign-up/finish')],
  'POST /sign-up/finish': [post('no code was typed', all(DONE), () => '/sign-up/finish', { name: 'x' })],
  'GET /reset': [get('the page', all(SHOWN), () => '/reset')],
  'POST /reset': [post('to an address', all(DONE), () => '/reset', { contact: 'anybody@example.edu' })],
  'GET /reset/code': [get('no code was asked for', all(DONE), () => '/reset/code')],
  'POST /reset/code': [post('no code was asked for', all(DONE), () => '/reset/code', { code: '123456', password: WRONG })],
};
