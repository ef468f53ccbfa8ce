/** What is not of a line: signing in, what codes mean, the document that describes it all. */
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { signInByLink } from '#domain/people';
import type { SchemaTypes } from '#platform/http';
import { declaredRefusals, isRefusal } from '#platform/refusals';
import { answer } from './answer.ts';
import { type Desk, fromOf } from './desk.ts';
import { exactly } from './schemas/named.ts';
import { PROBLEM_ANSWER, Text } from './schemas/values.ts';

const signInSchema = {
  operationId: 'signIn',
  summary: 'Trades a sign-in link’s code, once, for the secret that signs requests in',
  body: exactly({ code: Type.String({ minLength: 1, maxLength: 64, description: 'the code of a sign-in link' }) }),
  response: { 201: exactly({ secret: Type.String({ description: 'send it as "Authorization: Bearer <secret>"' }) }), ...PROBLEM_ANSWER },
} as const;

const readProblemsSchema = {
  operationId: 'readProblems',
  summary: 'Every code a problem may have, with what it means',
  response: { 200: exactly({ problems: Type.Array(exactly({ code: Text, status: Type.Integer(), meaning: Text })) }) },
} as const;

export function addAboutRoutes(plain: FastifyInstance, desk: Desk): void {
  const app = plain.withTypeProvider<SchemaTypes>();

  app.post('/sign-ins', { schema: signInSchema }, (request, reply) =>
    answer(desk, request, reply, async () => {
      const signedIn = await signInByLink(desk.house, request.body.code, fromOf(desk, request));
      if (isRefusal(signedIn)) return signedIn;
      reply.code(201);
      return { secret: signedIn.secret };
    }),
  );

  app.get('/problems', { schema: readProblemsSchema }, async () => {
    const problems = [...declaredRefusals()].map(([code, { status, operator }]) => ({ code, status, meaning: operator }));
    return { problems: [...problems, { code: 'http.fault', status: 500, meaning: 'A fault of ours; the reference finds it in the log.' }] };
  });

  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
