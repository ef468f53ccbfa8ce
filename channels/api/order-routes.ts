/** Orders: placed once per key, paid, paid in another way, cancelled; watched by their secret link. */
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { type AnyWay, cancelOrder, linkOf, openOrder, openQuote, type PayResult, payAgain, payOrder, placeOrder } from '#domain/orders';
import { attemptsOfOrder } from '#domain/payments';
import type { SchemaTypes } from '#platform/http';
import { parseId } from '#platform/ids';
import { isRefusal, Refusal } from '#platform/refusals';
import { answer, type Call } from './answer.ts';
import type { Desk } from './desk.ts';
import { exactly } from './schemas/named.ts';
import { Order, OrderRequest, PayRequest, type Way } from './schemas/sale.ts';
import { PROBLEM_ANSWER, Secret } from './schemas/values.ts';
import { showOrder } from './show-order.ts';

const KEY = 'idempotency-key';
/** Other headers are none of ours to state. */
const keyHeader = Type.Object({
  [KEY]: Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: '^[\\x21-\\x7e]+$',
    description: '1 to 200 visible characters: the same key is the same order, for ever',
  }),
});
const params = exactly({ secret: Secret });

const placeOrderSchema = {
  operationId: 'placeOrder',
  summary: 'Orders what was quoted and begins to pay it',
  description:
    'Answered 201 the first time; the same key with the same body again, however late, is answered 200 with the order as it is then, and with another body 409. Where the customer has to pay on the provider’s page, `paymentPage` is its address.',
  headers: keyHeader,
  body: OrderRequest,
  response: { 200: Order, 201: Order, ...PROBLEM_ANSWER },
} as const;
const readOrderSchema = {
  operationId: 'readOrder',
  summary: 'An order by its secret; its open payment is asked about',
  params,
  response: { 200: Order, ...PROBLEM_ANSWER },
} as const;
const payOrderSchema = {
  operationId: 'payOrder',
  summary: 'Pays an order that is open in another way',
  description:
    'The payment begun before is closed; should it succeed all the same, it is refunded. The same key again is the same payment.',
  params,
  headers: keyHeader,
  body: PayRequest,
  response: { 200: Order, ...PROBLEM_ANSWER },
} as const;
const cancelOrderSchema = {
  operationId: 'cancelOrder',
  summary: 'Cancels an order that is not paid; again gives the cancelled order',
  params,
  response: { 200: Order, ...PROBLEM_ANSWER },
} as const;

export function addOrderRoutes(plain: FastifyInstance, desk: Desk): void {
  const app = plain.withTypeProvider<SchemaTypes>();
  const { house } = desk;

  app.post('/orders', { schema: placeOrderSchema }, (request, reply) =>
    answer(desk, request, reply, async (call) => {
      const { quote: link, way, acceptedTerms, language = call.language, email } = request.body;
      const quote = await openQuote(house.database, link);
      if (isRefusal(quote)) return quote;
      const wanted = readWay(way);
      if (isRefusal(wanted)) return wanted;
      const placed = await placeOrder(house, call.asker, { quote, key: request.headers[KEY], way: wanted, acceptedTerms, language, email });
      if (isRefusal(placed)) return placed;
      if (!placed.repeated) reply.code(201).header('location', `/api/v1/orders/${linkOf(placed.order)}`);
      return showPaying(desk, call, await payOrder(house, placed));
    }),
  );

  app.get('/orders/:secret', { schema: readOrderSchema }, (request, reply) =>
    answer(desk, request, reply, async (call) => {
      const order = await openOrder(house.database, request.params.secret);
      return isRefusal(order) ? order : showOrder(desk, call, await desk.watch.look(order));
    }),
  );

  app.post('/orders/:secret/pay', { schema: payOrderSchema }, (request, reply) =>
    answer(desk, request, reply, async (call) => {
      const order = await openOrder(house.database, request.params.secret);
      if (isRefusal(order)) return order;
      const way = readWay(request.body.way);
      if (isRefusal(way)) return way;
      const paying = await payAgain(house, call.asker, { order, key: request.headers[KEY], way });
      return isRefusal(paying) ? paying : showPaying(desk, call, paying);
    }),
  );

  app.post('/orders/:secret/cancel', { schema: cancelOrderSchema }, (request, reply) =>
    answer(desk, request, reply, async (call) => {
      const order = await openOrder(house.database, request.params.secret);
      if (isRefusal(order)) return order;
      const cancelled = await cancelOrder(house, call.asker, order);
      return isRefusal(cancelled) ? cancelled : showPaying(desk, call, { order: cancelled });
    }),
  );
}

function readWay(way: Static<typeof Way>): AnyWay | Refusal<'payments.saved_method_unknown'> {
  switch (way.kind) {
    case 'page':
      return { kind: 'page', choice: way.choice, saveMethod: way.saveMethod ?? false };
    case 'saved': {
      const savedMethodId = parseId('mth', way.method);
      return savedMethodId === undefined ? new Refusal('payments.saved_method_unknown') : { kind: 'saved', savedMethodId };
    }
    case 'balance':
      return { kind: 'balance' };
  }
}

async function showPaying(desk: Desk, call: Call, { order }: Pick<PayResult, 'order'>) {
  return showOrder(desk, call, { order, attempts: await attemptsOfOrder(desk.house.database, order) });
}
