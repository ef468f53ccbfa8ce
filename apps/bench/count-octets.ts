/** What a page costs on the wire, counted at the socket: headers, body as it is compressed, and all that the page fetches. */
import { request } from 'node:http';

export type Exchange = {
  readonly status: number;
  readonly location: string | undefined;
  readonly html: string;
  readonly sent: number;
  readonly received: number;
};

export type Visitor = { readonly origin: string; readonly signIn: string };

/** As a phone asks; a connection of its own each. */
const HEADERS = {
  'user-agent': 'Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
  'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
};
const FETCHED = /<(?:script|link|img)[^>]+(?:src|href)="(\/[^"]+)"/g;

/** One exchange. Its octets are those of a compressed answer; its text is asked for a second time, as it is. */
export async function exchange({ origin, signIn }: Visitor, path: string, form?: URLSearchParams): Promise<Exchange> {
  const ask = (encoding: string) =>
    new Promise<Exchange>((resolve, reject) => {
      const asked = request(new URL(path, origin), {
        agent: false,
        method: form === undefined ? 'GET' : 'POST',
        headers: {
          ...HEADERS,
          'accept-encoding': encoding,
          cookie: `sign-in=${signIn}`,
          ...(form === undefined ? {} : { origin, 'content-type': 'application/x-www-form-urlencoded' }),
        },
      });
      asked.on('error', reject).on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        response.on('end', () => {
          const { bytesWritten: sent, bytesRead: received } = response.socket;
          const html = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, location: response.headers.location, html, sent, received });
        });
      });
      asked.end(form?.toString());
    });
  if (form !== undefined) return ask('gzip, br');
  const measured = await ask('gzip, br');
  return { ...measured, html: (await ask('identity')).html };
}

export type PageSize = { readonly path: string; readonly bytes: number; readonly requests: number };

/** A page with everything it fetches, on a cold cache. */
export async function measurePage(visitor: Visitor, path: string): Promise<PageSize> {
  const page = await exchange(visitor, path);
  if (page.status !== 200) throw new Error(`${path} answers ${page.status}`);
  const parts = [...new Set([...page.html.matchAll(FETCHED)].map(([, part = '']) => part))];
  const fetched = await Promise.all(parts.map((part) => exchange(visitor, part)));
  return { path, bytes: fetched.reduce((sum, { received }) => sum + received, page.received), requests: 1 + parts.length };
}
