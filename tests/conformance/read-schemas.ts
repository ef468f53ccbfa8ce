/**
 * 3GPP's OpenAPI files (beside this project, ../shared/conformance/3gpp) as judges of what we send and take. Where they, or the programs
 * that read them, are not there, nothing is judged and `absent` says so.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export type Schemas = {
  /** Why nothing is judged; false where it is. */
  readonly absent: string | false;
  /** Throws with what is wrong when a value is not what the schema of that name says. */
  check(name: string, value: unknown): void;
};

type Validate = ((value: unknown) => boolean) & { readonly errors?: unknown };
type Ajv = { addSchema(schema: unknown, key: string): void; getSchema(key: string): Validate | undefined };

const FOLDER = join(import.meta.dirname, '../../../shared/conformance/3gpp');
/** What types of many services are taken from. */
const COMMON = 'TS29571_CommonData.yaml';

export function readSchemas(file: string): Schemas {
  if (!existsSync(join(FOLDER, file))) return { absent: `${file} is not in ../shared/conformance/3gpp`, check: () => {} };
  const ajv = load();
  if (ajv === undefined) return { absent: 'ajv or js-yaml is not among the installed packages', check: () => {} };
  for (const name of new Set([file, COMMON])) ajv.addSchema(ajv.read(name), name);
  return {
    absent: false,
    check(name, value) {
      const validate = ajv.getSchema(`${file}#/components/schemas/${name}`);
      assert.ok(validate, `${file} has ${name}`);
      assert.ok(validate(value), `${name}: ${JSON.stringify(validate.errors)} in ${JSON.stringify(value)}`);
    },
  };
}

/** Both come with other packages (fastify, and the tools of the lint), and are asked for by what they are there as. */
function load(): (Ajv & { read(name: string): unknown }) | undefined {
  const require = createRequire(import.meta.url);
  const take = (name: string): unknown => {
    try {
      return require(name);
    } catch {
      return undefined;
    }
  };
  const ajvModule = take('ajv') as { readonly default: new (options: object) => Ajv } | undefined;
  const yamlModule = take('js-yaml') as { load(text: string): unknown } | undefined;
  if (ajvModule === undefined || yamlModule === undefined) return undefined;
  const ajv = new ajvModule.default({ strict: false, validateFormats: false });
  return Object.assign(ajv, { read: (name: string) => yamlModule.load(readFileSync(join(FOLDER, name), 'utf8')) });
}
