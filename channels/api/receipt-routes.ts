/** Receipts, as data and as a file. */
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { linkOf, type Order, openOrder, type Papers, readReceipt } from '#domain/orders';
import { attemptsOfOrder } from '#domain/payments';
import { present } from '#platform/assert';
import type { SchemaTypes } from '#platform/http';
import { formatId, formatSpokenId } from '#platform/ids';
import { isRefusal, type Refusal } from '#platform/refusals';
import { answer } from './answer.ts';
import { type Desk, numberFor, standingOn } from './desk.ts';
import { exactly } from './schemas/named.ts';
import { Receipt } from './schemas/sale.ts';
import { PROBLEM_ANSWER, Secret } from './schemas/values.ts';
import { showMoney, showTaxes, showWay } from './show-sale.ts';

const params = exactly({ secret: Secret });
const readReceiptSchema = {
  operationId: 'readReceipt',
  summary: 'The receipt of an order that was paid',
  params,
  response: { 200: Receipt, ...PROBLEM_ANSWER },
} as const;
const drawReceiptSchema = {
  operationId: 'drawReceipt',
  summary: 'The receipt as PDF, in the language asked for',
  params,
  response: {
    200: {
      description: 'A PDF.',
      content: { 'application/pdf': { schema: Type.Unsafe<Uint8Array>({ type: 'string', format: 'binary' }) } },
    },
    ...PROBLEM_ANSWER,
  },
} as const;

type Opened = Papers & { readonly order: Order };

async function openPapers({ house }: Desk, secret: string): Promise<Opened | Refusal<'orders.not_found' | 'orders.no_receipt'>> {
  const order = await openOrder(house.database, secret);
  if (isRefusal(order)) return order;
  const papers = await readReceipt(house.database, order);
  return isRefusal(papers) ? papers : { order, ...papers };
}

export function addReceiptRoutes(plain: FastifyInstance, desk: Desk): void {
  const app = plain.withTypeProvider<SchemaTypes>();
  const { house } = desk;

  app.get('/orders/:secret/receipt', { schema: readReceiptSchema }, (request, reply) =>
    answer(desk, request, reply, async ({ asker, language }) => {
      const papers = await openPapers(desk, request.params.secret);
      if (isRefusal(papers)) return papers;
      const { order, receipt, creditNotes } = papers;
      const { seller, sum, items, number, zone } = receipt.content;
      const [{ seesLine }, attempts] = await Promise.all([standingOn(desk, asker, order), attemptsOfOrder(house.database, order)]);
      const payer = attempts.find(({ attemptId }) => attemptId === order.paidByAttemptId);
      return {
        receiptNumber: receipt.documentNumber,
        order: formatId('ord', order.orderId),
        issuedAt: receipt.issuedAt,
        zone,
        seller: { name: seller.name, taxNumber: seller.taxNumber, address: [...seller.address] },
        number: numberFor(seesLine, number),
        items: sum.items.map(({ price }, index) => ({
          kind: items[index]?.kind ?? '',
          name: items[index]?.names[language] ?? '',
          price: showMoney(price),
        })),
        taxes: showTaxes(language, sum.taxes, sum.pricesIncludeTax),
        total: showMoney(sum.total),
        way: showWay(language, order, payer),
        creditNotes: creditNotes.map((note) => ({
          number: note.documentNumber,
          issuedAt: note.issuedAt,
          amount: showMoney(note.content.sum.total),
        })),
      };
    }),
  );

  app.get('/orders/:secret/receipt.pdf', { schema: drawReceiptSchema }, (request, reply) =>
    answer(desk, request, reply, async ({ asker, language }) => {
      const papers = await openPapers(desk, request.params.secret);
      if (isRefusal(papers)) return papers;
      const { order, receipt, creditNotes } = papers;
      const { name, accent } = present(house.catalog().brand, 'a receipt is of a brand');
      const { seesLine } = await standingOn(desk, asker, order);
      const url = house.orderUrl(linkOf(order));
      const bytes = await desk.renderReceipt(receipt, creditNotes, {
        language,
        brand: { name, accent },
        isNumberMasked: !seesLine,
        orderNumber: formatSpokenId(order.orderId),
        url,
      });
      reply.type('application/pdf').header('content-disposition', `inline; filename="${receipt.documentNumber}.pdf"`);
      return Buffer.from(bytes);
    }),
  );
}
