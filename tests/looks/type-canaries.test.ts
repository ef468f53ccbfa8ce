/**
 * What people type by mistake: a secret, or the number of a card, into every input of every form. It comes back in no page but in
 * the field it was typed into and what is said of it (a password and a card's number not even there), stands in no log, and rests in no table. Forms are found in the served pages.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { apiHouse, type PageAnswer, type Visitor } from '#tests/doors';
import { activeLine, stateOf } from '#tests/house';
import { LOOKS } from './list-looks.ts';
import { openGallery } from './open-gallery.ts';

const CARD = '6011000990139424';
/** What may stand in the other fields, so that each is looked at by itself. */
const PLAUSIBLE: Readonly<Record<string, string>> = {
  number: '+12065550101',
  amount: '10',
  share: '2.5',
  email: 'payer@example.com',
  contact: 'typed@example.com',
  name: 'typed@example.com',
  password: 'correct horse battery',
  code: '123456',
  activation_code: '12345678',
  user_name: 'typed.name',
  label: 'Phone',
};
/** What somebody calls themselves is theirs to choose: kept as they said, unless it is a card's number. */
const KEPT = 'name';

type Form = {
  readonly visitor: Visitor;
  readonly path: string;
  readonly hidden: Readonly<Record<string, string>>;
  readonly inputs: readonly string[];
};

const attributeOf = (tag: string, name: string): string | undefined =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&');

function formsIn({ text, path }: PageAnswer, visitor: Visitor): Form[] {
  return [...text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', body = '']) => {
    const tags = [...body.matchAll(/<input\b[^>]*>|<textarea\b[^>]*>/g)].map(([tag]) => tag);
    const typed = tags.filter((tag) => !['hidden', 'radio', 'checkbox'].includes(attributeOf(tag, 'type') ?? 'text'));
    const set = tags.filter((tag) => !typed.includes(tag)).reverse();
    const [page = ''] = path.split('?');
    const action = attributeOf(head, 'action') ?? '';
    return {
      visitor,
      path: action === '' ? path : action.startsWith('?') ? page + action : action,
      hidden: Object.fromEntries(set.map((tag) => [attributeOf(tag, 'name') ?? '', attributeOf(tag, 'value') ?? ''])),
      inputs: typed.map((tag) => attributeOf(tag, 'name') ?? ''),
    };
  });
}

/** The page without the field itself and the sentence about it: there it may stand, as it was typed. */
function around(text: string, field: string): string {
  return text
    .replaceAll(/<a id="problem"[\s\S]*?<\/a>/g, '')
    .replaceAll(/<input\b[^>]*>/g, (tag) => (attributeOf(tag, 'name') === field ? '' : tag));
}

async function tablesWith(connection: pg.ClientConfig, canaries: readonly string[]): Promise<string[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    assert.ok(rows.length > 40, `${rows.length} tables are searched`);
    const found: string[] = [];
    for (const { name } of rows)
      for (const canary of canaries) {
        const needles = [canary, Buffer.from(canary).toString('hex'), Buffer.from(canary).toString('base64').replace(/=+$/, '')].map(
          (one) => `%${one}%`,
        );
        const { rowCount } = await client.query(`select 1 from ${name} t where t::text like any($1) limit 1`, [needles]);
        if (rowCount !== 0) found.push(`${name}: ${canary}`);
      }
    return found;
  } finally {
    await client.end();
  }
}

test('a secret or a card’s number typed into any field of any page is shown nowhere else, logged nowhere and kept nowhere [ID-1, ID-2, PAY-5]', async (t) => {
  const gallery = await openGallery(t);
  const forms = new Map<string, Form>();
  for (const [route, looks] of Object.entries(LOOKS))
    for (const look of looks) {
      let asker: Visitor | undefined;
      const answer = await look.ask(gallery, (visitor) => {
        asker = visitor;
        return visitor;
      });
      for (const form of asker === undefined ? [] : formsIn(answer, asker))
        if (form.inputs.length > 0) forms.set(`${route} ${form.path.split('?')[1]?.split('&')[0] ?? ''} ${form.inputs.join()}`, form);
    }
  assert.ok(forms.size >= 20, [...forms.keys()].join('\n'));
  const canaries = new Set<string>([CARD]);
  const seen: string[] = [];
  for (const [name, { visitor, path, hidden, inputs }] of forms)
    for (const field of inputs) {
      const secret = `Swordfish §${field} ${canaries.size}`;
      if (field !== KEPT) canaries.add(secret);
      for (const canary of [secret, CARD]) {
        const others = Object.fromEntries(inputs.map((input) => [input, PLAUSIBLE[input] ?? '']));
        const { text, location, headers } = await visitor.post(path, { ...hidden, ...others, [field]: canary });
        const isPassword = field.includes('password');
        const shown = isPassword || canary === CARD ? text : around(text, field);
        if ([shown, location, JSON.stringify([...headers])].some((where) => where.includes(canary)))
          seen.push(`${name}, ${field}: ${canary}`);
      }
    }
  assert.deepEqual(seen, []);
  const pages = ['/settings', '/security', '/lines', '/export/data.json', '/outbox'];
  for (const page of pages)
    for (const canary of canaries) assert.ok(!(await gallery.signedIn().get(page)).text.includes(canary), `${page}: ${canary}`);
  for (const canary of [...canaries, `Swordfish §${KEPT}`]) assert.ok(!gallery.house.log().includes(canary), `logged: ${canary}`);
  assert.deepEqual(await tablesWith(gallery.house.adminConnection, [...canaries]), []);
  const kept = await tablesWith(gallery.house.adminConnection, [`Swordfish §${KEPT}`]);
  assert.ok(
    kept.some((where) => where.startsWith('people.person:')),
    'the search finds what is kept',
  );
});

type Json = Readonly<Record<string, unknown>>;

/** The body once for each text in it, the canary in its place. */
function withEach(body: unknown, canary: string): unknown[] {
  if (typeof body === 'string') return [canary];
  if (Array.isArray(body)) return body.flatMap((one, place) => withEach(one, canary).map((other) => body.with(place, other)));
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => withEach(value, canary).map((other) => ({ ...body, [name]: other })));
}

test('nor what is sent to any field of the API [PAY-5]', async (t) => {
  const api = await apiHouse(t);
  const { number } = (await stateOf(api, await activeLine(api))).line;
  const { view: quote } = await api.post('/quotes', { body: { number, items: [{ kind: 'renew' }] } });
  const order = {
    quote: quote.secret,
    way: { kind: 'page', choice: 'card' },
    acceptedTerms: quote.termsVersion,
    language: 'en',
    email: 'a@example.com',
  };
  const bodies: Readonly<Record<string, readonly Json[]>> = {
    '/quotes': [
      { number, items: [{ kind: 'pack', product: 'pack-1gb' }] },
      { number, items: [{ kind: 'top_up', amount: { currency: 'USD', amount: '10.00' } }] },
      { number, items: [{ kind: 'queue', product: 'month-5gb', starts: 'at_end' }] },
    ],
    '/orders': [order, { ...order, way: { kind: 'saved', method: 'mth_0000000000000' } }],
    '/line/cap': [{ number, octets: 1_000_000_000 }],
    '/sign-ins': [{ code: 'none' }],
  };
  const posts = Object.entries(api.document.paths).filter(([path, methods]) => methods['post'] !== undefined && !path.includes('{'));
  assert.deepEqual(posts.map(([path]) => path.replace('/api/v1', '')).toSorted(), Object.keys(bodies).toSorted(), 'each that takes a body');
  const secret = 'Swordfish §api';
  for (const canary of [secret, CARD]) {
    for (const [path, some] of Object.entries(bodies))
      for (const body of some.flatMap((one) => withEach(one, canary)))
        await api.post(path, { key: `canary ${Math.random()}`.replace(' ', '-'), body });
    for (const query of [
      `/line?number=${encodeURIComponent(canary)}`,
      `/plans?market=${encodeURIComponent(canary)}`,
      `/orders/${encodeURIComponent(canary)}`,
    ])
      await api.get(query);
    assert.ok(!api.log().includes(canary), 'logged');
  }
  assert.deepEqual(await tablesWith(api.adminConnection, [secret, CARD]), []);
});
