/** The API on a socket, asked as its users do; every answer is held against the OpenAPI document it serves. */
import assert from 'node:assert/strict';
import { Compile } from 'typebox/schema';
import { apiPlugin } from '#channels/api';
import { issueSignInLink } from '#domain/people';
import type { HouseOptions, Person } from '#tests/house';
import { type DoorHouse, doorHouse } from './door-house.ts';
import { type Served, serve } from './serve.ts';

type Json = Readonly<Record<string, unknown>>;
type Operation = {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>>;
};
export type Document = {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Json;
};

export type Ask = {
  /** The secret of a sign-in; a guest without. */
  readonly as?: string | undefined;
  readonly body?: unknown;
  readonly key?: string;
  readonly language?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** `view` as it was sent: money as text, instants as text. */
// biome-ignore lint/suspicious/noExplicitAny: what JSON.parse gives; each test says what it expects of it.
export type Told = { readonly status: number; readonly view: any; readonly headers: Headers };

export type ApiHouse = DoorHouse &
  Served & {
    readonly document: Document;
    get(path: string, ask?: Ask): Promise<Told>;
    post(path: string, ask?: Ask): Promise<Told>;
    /** Signs a person in through the door; gives the secret. */
    signIn(person: Person): Promise<string>;
  };

const BASE = '/api/v1';

export async function apiHouse(t: { after(end: () => Promise<void>): void }, options: HouseOptions = {}): Promise<ApiHouse> {
  const doors = await doorHouse(t, options);
  const { house, sealer, watch, renderReceipt, cache: catalog } = doors;
  const served = await serve(t, [{ prefix: BASE, plugin: apiPlugin({ house, sealer, watch, renderReceipt, catalog }) }]);
  const document = (await (await fetch(`${served.url}${BASE}/openapi.json`)).json()) as Document;
  const ask = async (method: 'GET' | 'POST', path: string, { as, body, key, language, headers }: Ask = {}): Promise<Told> => {
    const answer = await fetch(`${served.url}${BASE}${path}`, {
      method,
      headers: {
        ...(as === undefined ? {} : { authorization: `Bearer ${as}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(language === undefined ? {} : { 'accept-language': language }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    const view: unknown = isJson ? await answer.json() : Buffer.from(await answer.arrayBuffer());
    if (isJson) holdTo(document, { method, path, answer, view });
    return { status: answer.status, view, headers: answer.headers };
  };
  const post = (path: string, asked?: Ask) => ask('POST', path, asked);
  return {
    ...{ ...doors, ...served, document, post },
    get: (path, asked) => ask('GET', path, asked),
    async signIn({ personId }) {
      const code = await issueSignInLink(doors.tools, personId, 60_000);
      return (await post('/sign-ins', { body: { code } })).view.secret;
    },
  };
}

type Answered = { readonly method: string; readonly path: string; readonly answer: Response; readonly view: unknown };

function holdTo(document: Document, { method, path, answer, view }: Answered): void {
  const operation = operationFor(document, method, path);
  const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
  const stated = operation?.responses[String(answer.status)] ?? operation?.responses['default'];
  const schema =
    stated?.content?.[type]?.schema ?? (type === 'application/problem+json' ? { $ref: '#/components/schemas/Problem' } : undefined);
  assert.ok(schema, `${method} ${path} states no ${answer.status} of ${type}`);
  const [, errors] = Compile({ ...schema, components: document.components }).Errors(view);
  assert.deepEqual(errors, [], `${method} ${path} is answered ${answer.status} as stated`);
}

function operationFor(document: Document, method: string, path: string): Operation | undefined {
  const bare = path.split('?')[0] ?? '';
  const fits = Object.entries(document.paths).filter(([pattern]) =>
    new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(bare),
  );
  return fits[0]?.[1][method.toLowerCase()];
}
