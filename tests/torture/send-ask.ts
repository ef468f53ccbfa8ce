/** One request over a socket that may be cut after it was sent. No answer is no answer: nothing is guessed from it. */
import { Agent, request } from 'node:http';
import { decodeJson, encodeJson } from '#platform/json';
import type { Ask, Reply } from './asks.ts';
import type { Outcome, Why } from './history.ts';

const PATIENCE_MS = 30_000;
const LEFT = 'cut by the client';
const TOO_LATE = 'no answer in time';
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** `cutAfterMs`: the client goes away so long after its request was sent. */
export function sendAsk<Value>(door: string, ask: Ask, cutAfterMs?: number): Promise<Outcome<Value>> {
  return new Promise((resolve) => {
    const unknown = (why: Why, cause: string): void => resolve({ outcome: 'unknown', why, cause });
    const sent = request(`${door}/ask`, { method: 'POST', agent, timeout: PATIENCE_MS }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', (error) => unknown(whyOf(error), error.message));
      response.on('close', () => {
        if (!response.complete) return unknown('node_gone', 'the answer broke off');
        resolve(outcomeOf<Value>(decodeJson<Reply<Value>>(Buffer.concat(chunks).toString())));
      });
    });
    sent.on('timeout', () => sent.destroy(new Error(TOO_LATE)));
    sent.on('error', (error: NodeJS.ErrnoException) => unknown(whyOf(error), error.message));
    if (cutAfterMs !== undefined) sent.on('finish', () => setTimeout(() => sent.destroy(new Error(LEFT)), cutAfterMs));
    sent.end(encodeJson(ask));
  });
}

function whyOf({ message, code }: NodeJS.ErrnoException): Why {
  // Nobody listens there: the request did not leave.
  if (code === 'ECONNREFUSED') return 'not_sent';
  if (message === LEFT) return 'client_left';
  return message === TOO_LATE ? 'too_late' : 'node_gone';
}

function outcomeOf<Value>(reply: Reply<Value>): Outcome<Value> {
  if ('refused' in reply) return { outcome: 'fail', refused: reply.refused };
  if ('value' in reply) return { outcome: 'ok', value: reply.value };
  return { outcome: 'unknown', why: reply.databaseAway ? 'database_away' : 'fault', cause: reply.broken };
}
