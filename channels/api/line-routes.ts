/** Lines: one by its number, or all of the person who asks; and what is on sale. */
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { lookUpNumber } from '#domain/access';
import { linesOfAccount, presentPlan, readAdvanced, readNumber } from '#domain/lines';
import { capLine, listOffers } from '#domain/orders';
import { membershipsOf } from '#domain/people';
import type { SchemaTypes } from '#platform/http';
import type { Language } from '#platform/messages';
import { isRefusal, Refusal } from '#platform/refusals';
import { answer } from './answer.ts';
import { type Desk, numberFor, type SignedIn, standingOn } from './desk.ts';
import { refuse } from './refusals.ts';
import { Cap, CapAsked, Line, Lines, Plans } from './schemas/line.ts';
import { exactly } from './schemas/named.ts';
import { PROBLEM_ANSWER } from './schemas/values.ts';
import { showDetails, showOffers, showProducts } from './show-line.ts';

const LINES_MAX = 100;

const readLineSchema = {
  operationId: 'readLine',
  summary: 'A line by its number: its plan and prices for anybody, what is left of it for its people',
  description: 'Look-ups of lines that are not the asker’s share a budget per source and in total.',
  querystring: exactly({ number: Type.String({ minLength: 1, maxLength: 40, description: 'a mobile number' }) }),
  response: { 200: Line, ...PROBLEM_ANSWER },
} as const;

const capLineSchema = {
  operationId: 'capLine',
  summary: 'Says how much of the data its account shares a line may use: for the owner of the account',
  description: 'What the line has used of it counts. Asked again, it is done.',
  security: [{ signIn: [] }],
  body: CapAsked,
  response: { 200: Cap, ...PROBLEM_ANSWER },
} as const;

const readPlansSchema = {
  operationId: 'readPlans',
  summary: 'What is on sale in a market',
  querystring: exactly({
    market: Type.Optional(Type.String({ maxLength: 8, description: 'the code of a market; the default one without' })),
  }),
  response: { 200: Plans, ...PROBLEM_ANSWER },
} as const;

const readLinesSchema = {
  operationId: 'readLines',
  summary: 'The lines of the person who asks',
  security: [{ signIn: [] }],
  response: { 200: Lines, ...PROBLEM_ANSWER },
} as const;

export function addLineRoutes(plain: FastifyInstance, desk: Desk): void {
  const app = plain.withTypeProvider<SchemaTypes>();
  const { house } = desk;

  app.get('/line', { schema: readLineSchema }, (request, reply) =>
    answer(desk, request, reply, async ({ asker, language }) => {
      const country = house.catalog().brand?.defaultMarket ?? 'US';
      const claim = await lookUpNumber(house, asker, { number: request.query.number, country });
      if (isRefusal(claim)) return claim;
      const [{ standing, seesLine }, offers] = await Promise.all([standingOn(desk, asker, claim), listOffers(house, asker, claim)]);
      if (isRefusal(offers)) return offers;
      const details = seesLine ? { details: await showDetails(house.database, language, offers) } : {};
      return {
        access: standing,
        number: numberFor(seesLine, offers.state.line.number),
        ...showOffers(language, offers, seesLine),
        ...details,
      };
    }),
  );

  app.post('/line/cap', { schema: capLineSchema }, (request, reply) =>
    answer(desk, request, reply, async ({ asker }) => {
      const country = house.catalog().brand?.defaultMarket ?? 'US';
      const number = readNumber(request.body.number, country);
      if (isRefusal(number)) return number;
      const claim = await lookUpNumber(house, asker, { number, country });
      if (isRefusal(claim)) return claim;
      const octets = request.body.octets === null ? null : BigInt(request.body.octets);
      const capped = await capLine(house, asker, { number, octets, reason: 'asked' });
      if (isRefusal(capped)) return capped;
      const { octetsBefore } = capped;
      return { number, ...(octets === null ? {} : { octets }), ...(octetsBefore === null ? {} : { octetsBefore }) };
    }),
  );

  app.get('/lines', { schema: readLinesSchema }, (request, reply) =>
    answer(desk, request, reply, async ({ asker, language }) =>
      asker.kind === 'guest' ? refuse('api.sign_in_needed') : { lines: await listOwn(desk, asker, language) },
    ),
  );

  app.get('/plans', { schema: readPlansSchema }, (request, reply) =>
    answer(desk, request, reply, async ({ language }) => {
      const catalog = house.catalog();
      const code = request.query.market ?? catalog.brand?.defaultMarket ?? '';
      const now = house.clock.business();
      const market = catalog.market(code, now);
      return market === undefined
        ? new Refusal('lines.market_unknown', { market: code, plan: '' })
        : showProducts(language, market, catalog.onSale(code, now, ['plan', 'pack']));
    }),
  );
}

async function listOwn(desk: Desk, asker: SignedIn, language: Language) {
  const { house } = desk;
  const memberships = await membershipsOf(house.database, asker.personId);
  const accounts = await Promise.all(
    memberships.map(async (account) => ({
      account,
      lines: await linesOfAccount(house.database, account),
      ...(await standingOn(desk, asker, account)),
    })),
  );
  const keys = accounts.flatMap(({ account, lines, seesLine }) =>
    lines.map(({ lineId }) => ({ slot: account.slot, accountId: account.accountId, lineId, role: account.role, seesLine })),
  );
  return Promise.all(
    keys.slice(0, LINES_MAX).map(async ({ role, seesLine, ...key }) => {
      const catalog = house.catalog();
      const { state } = await readAdvanced(house.database, catalog, key, house.clock.business());
      const { number, market, state: life, paidUntil } = state.line;
      const plan = presentPlan(catalog, state)?.names[language];
      const known = { state: life, ...(plan === undefined ? {} : { plan }), ...(paidUntil === null ? {} : { paidUntil }) };
      return { number: numberFor(seesLine, number), market, access: role, ...(seesLine ? known : {}) };
    }),
  );
}
