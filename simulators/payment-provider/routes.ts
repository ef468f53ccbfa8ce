/** The part of Stripe's API that we use. */
import { createCustomer, retrieveCustomer, searchCustomers, updateCustomer } from './answer-customers.ts';
import { listDisputes } from './answer-disputes.ts';
import { createPayment, detachMethod, listPayments, retrievePayment } from './answer-payments.ts';
import { createRefund, listRefunds, retrieveRefund } from './answer-refunds.ts';
import { closeSession, createSession, listSessions, retrieveSession } from './answer-sessions.ts';
import type { Answer, Call } from './call.ts';

type Route = { readonly method: 'GET' | 'POST'; readonly path: RegExp; readonly answer: (call: Call) => Answer };

export const ROUTES: readonly Route[] = [
  { method: 'POST', path: /^\/v1\/customers$/, answer: createCustomer },
  { method: 'GET', path: /^\/v1\/customers\/search$/, answer: searchCustomers },
  { method: 'GET', path: /^\/v1\/customers\/(cus_\w+)$/, answer: retrieveCustomer },
  { method: 'POST', path: /^\/v1\/customers\/(cus_\w+)$/, answer: updateCustomer },
  { method: 'POST', path: /^\/v1\/checkout\/sessions$/, answer: createSession },
  { method: 'GET', path: /^\/v1\/checkout\/sessions$/, answer: listSessions },
  { method: 'GET', path: /^\/v1\/checkout\/sessions\/(cs_\w+)$/, answer: retrieveSession },
  { method: 'POST', path: /^\/v1\/checkout\/sessions\/(cs_\w+)\/expire$/, answer: closeSession },
  { method: 'POST', path: /^\/v1\/payment_intents$/, answer: createPayment },
  { method: 'GET', path: /^\/v1\/payment_intents$/, answer: listPayments },
  { method: 'GET', path: /^\/v1\/payment_intents\/(pi_\w+)$/, answer: retrievePayment },
  { method: 'GET', path: /^\/v1\/disputes$/, answer: listDisputes },
  { method: 'POST', path: /^\/v1\/payment_methods\/(pm_\w+)\/detach$/, answer: detachMethod },
  { method: 'POST', path: /^\/v1\/refunds$/, answer: createRefund },
  { method: 'GET', path: /^\/v1\/refunds$/, answer: listRefunds },
  { method: 'GET', path: /^\/v1\/refunds\/(re_\w+)$/, answer: retrieveRefund },
];
