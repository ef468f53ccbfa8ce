/** Receipts, as a page and as a file. The number is masked: whoever paid is not told more of the line than when buying (ID-6). */
import type { Asker, FileView, ReceiptView, RefusalView } from '#channels/web';
import { linkOf, type Order, openOrder, type Papers, readReceipt as readPapers } from '#domain/orders';
import { present } from '#platform/assert';
import { formatSpokenId } from '#platform/ids';
import { formatMaskedNumber } from '#platform/messages';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { Desk } from './desk.ts';
import { methodUsed } from './show-method.ts';
import { sumView } from './show-sum.ts';
import { tellRefusal } from './tell-refusal.ts';

type Secret = { readonly secret: string };
type Opened = Papers & { readonly order: Order };

async function openPapers({ house }: Desk, secret: string): Promise<Opened | Refusal<'orders.not_found' | 'orders.no_receipt'>> {
  const order = await openOrder(house.database, secret);
  if (isRefusal(order)) return order;
  const papers = await readPapers(house.database, order);
  return isRefusal(papers) ? papers : { order, ...papers };
}

export async function readReceipt(desk: Desk, asker: Asker, { secret }: Secret): Promise<ReceiptView | RefusalView> {
  const papers = await openPapers(desk, secret);
  if (isRefusal(papers)) return tellRefusal(papers, { language: asker.language, secret });
  const { order, receipt, creditNotes } = papers;
  const { content, documentNumber: receiptNumber, issuedAt } = receipt;
  return {
    ...sumView(asker.language, content.sum, content.items),
    secret: linkOf(order),
    receiptNumber,
    orderNumber: formatSpokenId(order.orderId),
    issuedAt,
    zone: content.zone,
    seller: content.seller,
    maskedNumber: formatMaskedNumber(content.number),
    method: content.method === null ? { code: 'balance', kind: 'balance' } : methodUsed(asker.language, content.method),
    creditNotes: creditNotes.map((note) => ({ number: note.documentNumber, issuedAt: note.issuedAt, amount: note.content.sum.total })),
  };
}

export async function receiptPdf(desk: Desk, asker: Asker, { secret }: Secret): Promise<FileView | RefusalView> {
  const papers = await openPapers(desk, secret);
  if (isRefusal(papers)) return tellRefusal(papers, { language: asker.language, secret });
  const { order, receipt, creditNotes } = papers;
  const { house } = desk;
  const { name, accent } = present(house.catalog().brand, 'a receipt is of a brand');
  const bytes = await desk.renderReceipt(receipt, creditNotes, {
    language: asker.language,
    brand: { name, accent },
    isNumberMasked: true,
    orderNumber: formatSpokenId(order.orderId),
    url: house.orderUrl(linkOf(order)),
  });
  return { fileName: `${receipt.documentNumber}.pdf`, bytes };
}
