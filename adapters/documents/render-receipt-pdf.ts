import { Worker } from 'node:worker_threads';
import { assert } from '#platform/assert';
import type { ReceiptDocument } from './receipt-document.ts';
import type { RenderAnswer, RenderRequest } from './render-worker.ts';

type Waiting = { resolve(bytes: Buffer): void; reject(error: Error): void };

/** One worker draws after another; more than these waiting means something is wrong. */
const WAITING_MAX = 100;

const waiting = new Map<number, Waiting>();
let worker: Worker | undefined;
let requestNo = 0;

/**
 * The document as a PDF, 10 to 35 KB. Measured on one core: 0.3 s for the first in a process (the thread and the fonts), then 25 ms.
 * Throws when the document cannot be drawn. The thread starts with the first call and never keeps a program alive.
 */
export function renderReceiptPdf(document: ReceiptDocument): Promise<Buffer> {
  assert(waiting.size < WAITING_MAX, `at most ${WAITING_MAX} documents wait to be drawn`);
  const running = worker ?? startWorker();
  const request: RenderRequest = { requestNo, document };
  requestNo += 1;
  const answer = new Promise<Buffer>((resolve, reject) => waiting.set(request.requestNo, { resolve, reject }));
  running.ref();
  running.postMessage(request);
  return answer;
}

function startWorker(): Worker {
  const started = new Worker(new URL('./render-worker.ts', import.meta.url));
  started.on('message', (answer: RenderAnswer) => take(started, answer));
  started.on('error', (error) => giveUp(started, error));
  started.on('exit', () => giveUp(started, new Error('the thread that draws documents ended')));
  worker = started;
  return started;
}

function take(from: Worker, answer: RenderAnswer): void {
  const asked = waiting.get(answer.requestNo);
  waiting.delete(answer.requestNo);
  if (waiting.size === 0) from.unref();
  if ('fault' in answer) asked?.reject(new Error(`a document could not be drawn: ${answer.fault}`));
  else asked?.resolve(Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.byteLength));
}

/** Whoever waits on a thread that ended is told; the next call starts another. */
function giveUp(ended: Worker, error: Error): void {
  if (worker !== ended) return;
  worker = undefined;
  const lost = [...waiting.values()];
  waiting.clear();
  for (const { reject } of lost) reject(error);
}
