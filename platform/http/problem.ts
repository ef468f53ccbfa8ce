/**
 * How a "no" and a fault are told to programs: RFC 9457 problem details, with the refusal's stable `code`. `title` is the
 * sentence a customer may be shown, in the asker's language; `detail` and `errors` are for the developer.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Language, negotiateLanguage, sayRefusal } from '#platform/messages';
import { entryOf, type Refusal, type RefusalValue } from '#platform/refusals';

export type ProblemError = { readonly in: string; readonly path: string; readonly expected: string };

export type Problem = {
  readonly type: string;
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  /** What the title is filled with, for programs. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly ProblemError[];
  /** By which a fault is found in the log. */
  readonly reference?: string;
};

export type ProblemOptions = {
  readonly language: Language;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly ProblemError[];
};

/** Where what a code means is listed (`channels/api` serves it). */
const TYPES = '/api/v1/problems';

export function problemOf(refusal: Refusal, { language, values, errors }: ProblemOptions): Problem {
  const { status, operator } = entryOf(refusal);
  const shown = values ?? plainValues(refusal.values);
  return {
    type: `${TYPES}#${refusal.code}`,
    status,
    code: refusal.code,
    title: sayRefusal(language, refusal),
    detail: operator,
    ...(Object.keys(shown).length === 0 ? {} : { values: shown }),
    ...(errors === undefined ? {} : { errors }),
  };
}

/** A bug or an outage of ours: nothing is told but where to find it. */
export function faultProblem(language: Language, reference: string): Problem {
  const title = sayRefusal(language, { code: 'http.fault', values: {} });
  return { type: `${TYPES}#http.fault`, status: 500, code: 'http.fault', title, reference };
}

export function languageOf(request: FastifyRequest): Language {
  return negotiateLanguage(request.headers['accept-language']);
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).header('cache-control', 'no-store').type('application/problem+json').send(JSON.stringify(problem));
}

/** Whole numbers that may be too large for JSON readers, as decimal text; instants as ISO 8601. */
function plainValues(values: Readonly<Record<string, RefusalValue>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'bigint' ? String(value) : value]));
}
