/** A door that speaks JSON over HTTP: whatever it is sent it answers, with a problem of its own for what is wrong, and never with a fault. */
import assert from 'node:assert/strict';
import type { Random } from '#platform/random';
import type { FuzzTarget } from './fuzz-door.ts';
import { mutateJson } from './mutate-json.ts';

export type HttpSample = { readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'; readonly path: string; readonly body?: unknown };

export type HttpDoor = {
  readonly url: string;
  readonly samples: readonly HttpSample[];
  /** Headers of a request with this body: signatures, keys. */
  readonly headers?: (body: string) => Readonly<Record<string, string>>;
  /** Statuses of 500 and above that it may answer all the same. */
  readonly mayAnswer?: readonly number[];
  readonly check: () => Promise<void>;
};

const TYPES = ['application/json', 'application/json; charset=utf-16', 'text/plain', 'application/x-www-form-urlencoded', ''];
const TIMEOUT_MS = 10_000;

export function httpTarget({ url, samples, headers = () => ({}), mayAnswer = [], check }: HttpDoor): FuzzTarget {
  return {
    check,
    async attempt(random) {
      const sample = samples[random.below(samples.length)];
      assert.ok(sample !== undefined, 'there are samples');
      const path = random.below(4) === 0 ? mutatePath(sample.path, random) : sample.path;
      const body = sample.body === undefined ? undefined : mutateJson(sample.body, random);
      const type = random.below(10) === 0 ? (TYPES[random.below(TYPES.length)] ?? '') : 'application/json';
      const sent = `${sample.method} ${path} ${type} ${body ?? ''}`;
      const answer = await fetch(`${url}${path}`, {
        method: sample.method,
        headers: { ...(body === undefined ? {} : { 'content-type': type, ...headers(body) }) },
        ...(body === undefined ? {} : { body }),
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await answer.text();
      assert.ok(answer.status < 500 || mayAnswer.includes(answer.status), `${sent} is answered ${answer.status}: ${text}`);
      if (answer.status < 400) return;
      assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/, `${sent} is answered ${answer.status} ${text}`);
      assert.doesNotMatch(text, /\bat .+\.ts:\d+|node_modules|select .+ from /i, `${sent} is told how we are built`);
    },
  };
}

function mutatePath(path: string, random: Random): string {
  const at = 1 + random.below(path.length);
  const noise = ['%00', '%ff', '..%2f', "'", '%F0%9F%98%80', 'a'.repeat(300), '?x=1', '&&&', '%'][random.below(9)] ?? '';
  return path.slice(0, at) + noise + path.slice(at + random.below(3));
}
