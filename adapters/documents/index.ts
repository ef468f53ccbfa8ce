export { type CreditNote, composeCreditNote, composeReceipt, type Receipt, type ReceiptReading } from './compose-receipt.ts';
export type { PaidWith, ReceiptDocument, ReceiptLine, ReceiptTax } from './receipt-document.ts';
export { renderReceiptPdf } from './render-receipt-pdf.ts';
