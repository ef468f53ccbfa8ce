/** The small values every answer is made of. */
import Type from 'typebox';
import { LANGUAGES } from '#platform/messages';
import { exactly, named } from './named.ts';

export const Money = named(
  'Money',
  exactly(
    {
      currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' }),
      amount: Type.String({
        pattern: '^-?\\d+(\\.\\d+)?$',
        description: 'decimal text with all decimals of the currency: "15.00", "1500", "4.500"',
      }),
    },
    'An amount of money, exactly.',
  ),
);

/** ISO 8601 in UTC; a `Date` on our side. */
export const Instant = Type.Unsafe<Date>({ type: 'string', format: 'date-time', description: 'ISO 8601, UTC' });

/** Octets, seconds or messages; a bigint on our side. */
export const Whole = Type.Unsafe<bigint>({ type: 'integer', minimum: 0, description: 'octets of data, seconds of talk, or messages' });

export const LanguageCode = Type.Enum([...LANGUAGES], { description: 'the language of texts' });
export const Secret = Type.String({ maxLength: 64, description: 'the secret link: who holds it may see and pay what it opens' });
export const Text = Type.String();

export const Period = named(
  'Period',
  exactly(
    { unit: Type.Enum(['day', 'month', 'year']), count: Type.Integer({ minimum: 1 }) },
    'A day is 24 hours; months and years follow the calendar.',
  ),
);

export const Problem = named(
  'Problem',
  Type.Object(
    {
      type: Type.String({ format: 'uri-reference' }),
      status: Type.Integer(),
      code: Type.String({ description: 'stable; see /problems' }),
      title: Type.String({ description: 'in the language asked for, and saying what to do next: fit to be shown' }),
      detail: Type.Optional(Type.String({ description: 'for the developer' })),
      values: Type.Optional(Type.Unsafe<Record<string, unknown>>({ type: 'object', description: 'what the title is filled with' })),
      errors: Type.Optional(
        Type.Array(exactly({ in: Text, path: Text, expected: Text }), { description: 'which fields are not as stated' }),
      ),
      reference: Type.Optional(Type.String({ description: 'by which a fault of ours is found' })),
    },
    { additionalProperties: false, description: 'RFC 9457 problem details.' },
  ),
);

/** Every route may be answered so. */
export const PROBLEM_ANSWER = {
  default: { description: 'A refusal or a fault, as problem details.', content: { 'application/problem+json': { schema: Problem } } },
} as const;
