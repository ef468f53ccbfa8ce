/** Runs in a worker thread: composing a PDF takes tens of milliseconds of computing that must not hold up a node's other requests. */
import { parentPort } from 'node:worker_threads';
import { drawReceipt } from './draw-receipt.ts';
import type { ReceiptDocument } from './receipt-document.ts';

export type RenderRequest = { readonly requestNo: number; readonly document: ReceiptDocument };
export type RenderAnswer = { readonly requestNo: number } & ({ readonly bytes: Uint8Array } | { readonly fault: string });

parentPort?.on('message', async ({ requestNo, document }: RenderRequest) => {
  try {
    const bytes = new Uint8Array(await drawReceipt(document));
    parentPort?.postMessage({ requestNo, bytes } satisfies RenderAnswer, [bytes.buffer]);
  } catch (error) {
    parentPort?.postMessage({
      requestNo,
      fault: error instanceof Error ? (error.stack ?? error.message) : String(error),
    } satisfies RenderAnswer);
  }
});
