/** Fields that several parts of an operator file have in common. A `description` is what a refusal says is expected. */
import Type, { type TSchema } from 'typebox';
import { LANGUAGES, type Language } from '#platform/messages';

export const amount = Type.String({
  pattern: '^\\d{1,12}(\\.\\d{1,4})?$',
  description: 'an amount as decimal text with a point, like "15.00"',
});
export const code = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,39}$',
  description: 'a code of small letters, digits and hyphens, like "month-5gb"',
});
export const marketCode = Type.String({ pattern: '^[A-Z][A-Z0-9-]{1,7}$', description: 'a code of two to eight capitals, like "US"' });
export const word = (lengthMax: number, what: string) =>
  Type.String({ minLength: 1, maxLength: lengthMax, pattern: '\\S', description: what });
export const day = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$', description: 'a local day, like "2026-12-01"' });
export const languages = Type.Array(Type.Enum([...LANGUAGES], { description: `one of ${LANGUAGES.join(', ')}` }), {
  minItems: 1,
  uniqueItems: true,
  description: `one or more of ${LANGUAGES.join(', ')}, each once`,
});
export const quantity = Type.String({
  description: 'a quantity like "5 GB" (1,000,000,000 octets each), "100 min", "200 messages", or "unlimited"',
});
export const service = Type.String({
  pattern: '^(data(\\.[a-z0-9-]{1,30})?|(voice|message)(_abroad(\\.[a-z0-9-]{1,30})?)?)$',
  description: '"data", "voice", "message", "voice_abroad", "message_abroad", or a class like "data.video" or "voice_abroad.mx"',
});
export const zone = Type.String({ pattern: '^[a-z0-9-]{1,30}$', description: '"any" or the code of a zone' });

export const tariffCode = Type.String({
  pattern: '^[a-z][a-z0-9_]{0,29}$',
  description: 'a code of small letters, digits and underscores, like "off_peak"',
});

export function exactly<Properties extends Record<string, TSchema>>(properties: Properties, description: string) {
  return Type.Object(properties, { additionalProperties: false, description });
}

export const names = exactly(
  { en: word(80, 'text'), es: word(80, 'text'), 'zh-Hans': word(80, 'text'), 'zh-Hant': word(80, 'text') } satisfies Record<
    Language,
    TSchema
  >,
  `a text for each of ${LANGUAGES.join(', ')}`,
);
