/** HTTP as a stranger may speak it: any Host, any header, any of this machine's addresses. `fetch` allows none of these. */
import { type IncomingHttpHeaders, request } from 'node:http';

export type Told = { readonly status: number; readonly text: string; readonly headers: IncomingHttpHeaders };

type Asked = {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as a form, and POSTed. */
  readonly form?: Readonly<Record<string, string>>;
};

/** Follows no redirect. Rejects when nobody listens there. */
export function ask(url: string, { headers = {}, form }: Asked = {}): Promise<Told> {
  const body = form === undefined ? undefined : new URLSearchParams(form).toString();
  const ofForm = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(url).origin };
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { method: body === undefined ? 'GET' : 'POST', headers: { connection: 'close', accept: 'text/html', ...ofForm, ...headers } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}
