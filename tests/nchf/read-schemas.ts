/**
 * For tests: the 5G core's interfaces as 3GPP describes them (OpenAPI 3.0), which lie beside the project and are not copied into it.
 * Where they are absent, what needs them skips and says so.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type MissingRefError, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

const FOLDER = join(import.meta.dirname, '../../../shared/conformance/3gpp');
export const SCHEMAS_ABSENT = existsSync(FOLDER) ? false : `the OpenAPI files of 3GPP are not beside the project (${FOLDER})`;

export type Fits = (value: unknown) => true | string;

/** `file`: "TS32291_Nchf_ConvergedCharging"; what it gives checks a value against one of its schemas. */
export function readSchemas(file: string): (schema: string) => Fits {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name): [string, object] => {
      // One file holds tabs, which YAML forbids; and a quote that strayed into a name.
      const text = readFileSync(join(FOLDER, name), 'utf8').replaceAll('\t', '    ').replaceAll("Information':", 'Information:');
      return [name, parse(text) as object];
    });
  return (schema) => {
    const validate = compile(files, `${file}.yaml#/components/schemas/${schema}`);
    return (value) => validate(value) || new Ajv().errorsText(validate.errors);
  };
}

/** The files are those that our interfaces need; what they refer to in others is let stand, whatever it is. */
function compile(files: readonly [string, object][], $ref: string): ValidateFunction {
  const absent = new Map<string, Record<string, object>>();
  for (;;) {
    const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    formats.default(ajv);
    for (const [$id, content] of files) ajv.addSchema({ $id, ...content });
    for (const [$id, schemas] of absent) ajv.addSchema({ $id, components: { schemas } });
    try {
      return ajv.compile({ $ref });
    } catch (error) {
      const [, missing, name] = /^(.+\.yaml)#\/components\/schemas\/(.+)$/.exec((error as MissingRefError).missingRef ?? '') ?? [];
      if (missing === undefined || name === undefined || files.some(([known]) => known === missing)) throw error;
      absent.set(missing, { ...absent.get(missing), [name]: {} });
    }
  }
}
