/** The built pages on a socket, and somebody who asks them as a browser does: cookies kept, forms posted, redirects told. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { createSelfCare } from '#channels/self-care';
import { mountWeb } from '#channels/web';
import { CODE_SEAL, type CodeFacts } from '#domain/people';
import { present } from '#platform/assert';
import { type DueSource, OffsetClock } from '#platform/clock';
import { parseStatement, type Statement } from '#platform/database';
import { decodeJson } from '#platform/json';
import type { HouseOptions } from '#tests/house';
import { type DoorHouse, doorHouse } from './door-house.ts';

export type PageAnswer = {
  /** Where it was asked for. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where it leads, within the house; '' when nowhere. */
  readonly location: string;
};

export type Visitor = {
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<PageAnswer>;
  /** Posts a form as one of the house's own pages does; `origin` as another site would. */
  post(path: string, form?: Readonly<Record<string, string>>, origin?: string | undefined): Promise<PageAnswer>;
};

export type PagesHouse = DoorHouse & {
  readonly url: string;
  /** `source`: where they come from, as budgets count it. */
  visitor(source?: string): Visitor;
  /** What the pages logged. */
  log(): string;
  /** The code that left last for this contact, while it is good. */
  codeFor(value: string): Promise<string>;
};

const codesStatement: Statement<object, { payload: unknown }> = parseStatement(
  'test.codes-sent',
  "select payload from outbox.event where kind = 'people.code' order by event_id",
);

/** Stands for the connection's address: all visitors of a test come from this machine. */
const SOURCE = 'test-source';
const NOTHING_DUE: DueSource = { nextDue: async () => undefined, runDue: async () => {} };

export type PagesHouseOptions = HouseOptions & {
  /** A public address with https: the pages set what they set there. */
  readonly secure?: boolean;
  /** With what only a demonstration has. */
  readonly demonstration?: boolean;
};

export async function pagesHouse(
  t: { after(end: () => Promise<void>): void },
  { secure = false, demonstration = false, ...options }: PagesHouseOptions = {},
): Promise<PagesHouse> {
  const doors = await doorHouse(t, options);
  const { house, cache: catalog, sealer, watch, renderReceipt, tools, simulator } = doors;
  const server = createServer((request, response) => pages(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}`;
  const publicUrl = secure ? `https://localhost:${port}` : url;
  const shown = demonstration ? { demonstration: { due: NOTHING_DUE, clock: new OffsetClock() } } : {};
  const useCases = createSelfCare({ house, catalog, sealer, watch, renderReceipt, paymentOrigins: [simulator.url], publicUrl, ...shown });
  const faults: unknown[] = [];
  const log = { error: (details: object, message: string) => void faults.push([message, details]) };
  const sourceOf = ({ headers }: IncomingMessage): string => String(headers[SOURCE] ?? '127.0.0.1');
  const pages = await mountWeb({ useCases, publicUrl, demonstration, log, sourceOf });
  t.after(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    ...doors,
    url,
    log: () => inspect(faults, { depth: 10 }),
    visitor: (source = '127.0.0.1') => visitor(url, publicUrl, source),
    async codeFor(value) {
      const events = await tools.database.query(codesStatement, {});
      const codes = events
        .map(({ payload }) => decodeJson<CodeFacts>(payload))
        .filter(({ to }) => to.value === value)
        .flatMap(({ sealed }) => sealer.unseal(CODE_SEAL, sealed, tools.clock.transport()) ?? []);
      return present(codes.at(-1), `a code left for ${value}`);
    },
  };
}

function visitor(url: string, publicUrl: string, source: string): Visitor {
  const cookies = new Map<string, string>();
  async function ask(method: string, path: string, headers: Readonly<Record<string, string>>, body?: string): Promise<PageAnswer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        [SOURCE]: source,
        connection: 'close',
        accept: 'text/html',
        'accept-language': 'en',
        ...(cookie === '' ? {} : { cookie }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/max-age=0/i.test(set) || value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = answer.headers.get('location') ?? '';
    return { path, status: answer.status, headers: answer.headers, text: await answer.text(), location };
  }
  return {
    cookies,
    get: (path, headers = {}) => ask('GET', path, headers),
    post: (path, form = {}, origin = publicUrl) =>
      ask('POST', path, { origin, 'content-type': 'application/x-www-form-urlencoded' }, new URLSearchParams(form).toString()),
  };
}

/** From nothing to signed in, by a code to this address. */
export async function signUpOnPages(house: PagesHouse, email: string, password = ''): Promise<Visitor> {
  const somebody = house.visitor();
  await somebody.post('/sign-up', { contact: email });
  await somebody.post('/sign-in/code', { code: await house.codeFor(email) });
  const terms = /name="terms" value="([^"]+)"/.exec((await somebody.get('/sign-up/finish')).text)?.[1] ?? '';
  await somebody.post('/sign-up/finish', { name: 'Lin', password, terms });
  return somebody;
}
