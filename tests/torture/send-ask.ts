/** One request over a socket that may be cut after it was sent. No answer is no answer: nothing is guessed from it. */
import { Agent, request } from 'node:http';
import { decodeJson, encodeJson } from '#platform/json';
import type { Ask, Reply } from './asks.ts';
import type { Outcome } from './history.ts';

const PATIENCE_MS = 30_000;
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Nobody listens there: the request did not leave. */
export const NOT_SENT = 'not sent';

/** `cutAfterMs`: the client goes away so long after its request was sent. */
export function sendAsk<Value>(door: string, ask: Ask, cutAfterMs?: number): Promise<Outcome<Value>> {
  return new Promise((resolve) => {
    const unknown = (cause: string): void => resolve({ outcome: 'unknown', cause });
    const sent = request(`${door}/ask`, { method: 'POST', agent, timeout: PATIENCE_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => unknown(error.message));
      response.on('close', () => {
        if (!response.complete) return unknown('the answer broke off');
        resolve(outcomeOf<Value>(decodeJson<Reply<Value>>(Buffer.concat(chunks).toString())));
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', (error: NodeJS.ErrnoException) => unknown(error.code === 'ECONNREFUSED' ? NOT_SENT : error.message));
    if (cutAfterMs !== undefined) sent.on('finish', () => setTimeout(() => sent.destroy(new Error('cut by the client')), cutAfterMs));
    sent.end(encodeJson(ask));
  });
}

function outcomeOf<Value>(reply: Reply<Value>): Outcome<Value> {
  if ('refused' in reply) return { outcome: 'fail', refused: reply.refused };
  return 'broken' in reply ? { outcome: 'unknown', cause: reply.broken } : { outcome: 'ok', value: reply.value };
}
