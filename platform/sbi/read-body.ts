/** The body of a stream, bounded in octets and in time. */
import type { ServerHttp2Stream } from 'node:http2';
import { problem } from './problem.ts';
import type { SbiAnswer } from './route-set.ts';

export type ReadBody = { readonly body: unknown } | { readonly answer: SbiAnswer } | 'gone';

export function readBody(
  stream: ServerHttp2Stream,
  contentType: string,
  limits: { bytesMax: number; msMax: number; takesForm: boolean },
): Promise<ReadBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const done = (read: ReadBody) => {
      clearTimeout(timer);
      stream.removeListener('data', take);
      // What still comes of a body that is refused is let go by.
      stream.resume();
      resolve(read);
    };
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limits.bytesMax) done({ answer: problem(413, 'INCORRECT_LENGTH', `more than ${limits.bytesMax} octets`) });
      else chunks.push(chunk);
    };
    const timer = setTimeout(() => done({ answer: problem(408, 'REQUEST_TIMEOUT') }), limits.msMax);
    stream.on('data', take);
    stream.once('end', () => done(parse(Buffer.concat(chunks), contentType, limits.takesForm)));
    stream.once('close', () => done('gone'));
  });
}

function parse(octets: Buffer, contentType: string, takesForm: boolean): ReadBody {
  if (octets.length === 0) return { body: undefined };
  if (takesForm) {
    if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(contentType))
      return { answer: problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'a form') };
    return { body: Object.fromEntries(new URLSearchParams(octets.toString('utf8'))) };
  }
  if (!/^application\/([a-z0-9.-]+\+)?json\s*(;|$)/i.test(contentType))
    return { answer: problem(415, 'UNSUPPORTED_MEDIA_TYPE', 'the body is application/json') };
  try {
    return { body: JSON.parse(octets.toString('utf8')) };
  } catch {
    return { answer: problem(400, 'INVALID_MSG_FORMAT', 'the body is no JSON') };
  }
}
