import { bareSql, type Checkout, isSql, lineAt } from './checkout.ts';
import type { Finding, Rule } from './rule.ts';

export const boundSqlSchemas: Rule = {
  name: 'sql-schemas',
  why: "SQL names only the schema of its own folder: what another folder keeps is asked of its index.ts, so that its tables can change without reading all of ours. No alias carries another schema's name.",
  find(checkout) {
    const schemas = knownSchemas(checkout);
    return checkout.paths.filter(isSql).flatMap((path) => {
      const own = ownSchemas(checkout, path);
      return own === undefined ? [] : strangers(path, bareSql(checkout.text(path)), schemas, own);
    });
  },
};

const created = (sql: string): string[] =>
  [...bareSql(sql).matchAll(/\bcreate\s+schema\s+(?:if\s+not\s+exists\s+)?([a-z_]+(?:\s*,\s*[a-z_]+)*)/gi)].map(([, name = '']) => name);

function knownSchemas(checkout: Checkout): ReadonlySet<string> {
  const migrations = checkout.paths.filter((path) => path.startsWith('migrations/') && isSql(path));
  const folders = checkout.folders('domain').map((folder) => folder.replaceAll('-', '_'));
  return new Set([...folders, ...migrations.flatMap((path) => created(checkout.text(path)))]);
}

/** A statement's folder, or what a migration creates and is named after; undefined where the rule says nothing. */
function ownSchemas(checkout: Checkout, path: string): ReadonlySet<string> | undefined {
  const statement = /^(?:domain|platform)\/([^/]+)\/sql\//.exec(path);
  if (statement?.[1] !== undefined) return new Set([statement[1].replaceAll('-', '_')]);
  const migration = /^migrations\/\d+-(.+)\.sql$/.exec(path);
  if (migration?.[1] !== undefined) return new Set([migration[1].replaceAll('-', '_'), ...created(checkout.text(path))]);
  return undefined;
}

function strangers(path: string, sql: string, schemas: ReadonlySet<string>, own: ReadonlySet<string>): Finding[] {
  return [...sql.matchAll(/(?<![\w.:"])([a-z_]+)\.([a-z_]+)/gi)]
    .filter(([, schema = '']) => schemas.has(schema.toLowerCase()) && !own.has(schema.toLowerCase()))
    .map((match) => ({ path, line: lineAt(sql, match.index), what: match[0] }));
}
