/** Whether a file has the shape of an operator file, told in the words of its schema. */
import { Value } from 'typebox/value';
import { type OperatorFile, operatorFileSchema } from './operator-file.ts';
import type { Problems } from './problems.ts';

type SchemaError = ReturnType<typeof Value.Errors>[number];

/** Adds a problem for each place that does not fit. */
export function checkFile(file: unknown, problems: Problems): file is OperatorFile {
  const errors = Value.Errors(operatorFileSchema, file);
  for (const error of errors) {
    for (const [path, expected] of placesOf(error)) problems.add(path, expected);
  }
  return errors.length === 0;
}

function placesOf(error: SchemaError): [path: string, expected: string][] {
  const path = pathOf(error.instancePath);
  switch (error.keyword) {
    case 'required':
      return error.params.requiredProperties.map((property) => [
        join(path, property),
        describe(`${error.schemaPath}/properties/${property}`) ?? 'something',
      ]);
    case 'additionalProperties':
      return error.params.additionalProperties.map((property) => [join(path, property), 'no such field']);
    case 'boolean':
      // Said once already, as an additional property.
      return [];
    default:
      return [[path === '' ? 'file' : path, describe(error.schemaPath) ?? error.message]];
  }
}

/** "/markets/0/plans/2" → "markets[0].plans[2]" */
function pathOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : join(path, step)), '');
}

function join(path: string, property: string): string {
  return path === '' ? property : `${path}.${property}`;
}

/** The description that the schema gives at a place of it ("#/properties/brand"). */
function describe(schemaPath: string): string | undefined {
  let place: unknown = operatorFileSchema;
  for (const step of schemaPath.split('/').slice(1)) {
    if (typeof place !== 'object' || place === null) return undefined;
    place = (place as Record<string, unknown>)[step];
  }
  if (typeof place !== 'object' || place === null || !('description' in place)) return undefined;
  return typeof place.description === 'string' ? place.description : undefined;
}
