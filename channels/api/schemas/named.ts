/** Schemas that have a name in the OpenAPI document: stated once, referred to everywhere. */
import Type, { type Static, type TSchema } from 'typebox';

const all: (TSchema & { readonly $id: string })[] = [];

/** All that were named, for Fastify to know. */
export function namedSchemas(): readonly TSchema[] {
  return all;
}

/** Gives the reference to use in its place; what it lets through is the schema's own. */
export function named<Schema extends TSchema>(name: string, schema: Schema) {
  all.push({ ...schema, $id: name });
  return Type.Unsafe<Static<Schema>>({ $ref: `${name}#` });
}

/** An object of these fields and no others. */
export function exactly<Properties extends Record<string, TSchema>>(properties: Properties, description?: string) {
  return Type.Object(properties, { additionalProperties: false, ...(description === undefined ? {} : { description }) });
}
