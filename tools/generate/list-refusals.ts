/** Every expected "no": its code, what an answer carries, what the operator reads and what the customer reads. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { catalogues } from '#platform/messages';
import { declaredRefusals } from '#platform/refusals';
import { code, page, table } from './markdown.ts';

const ROOT = join(import.meta.dirname, '../..');

export async function listRefusals(): Promise<string> {
  // A folder declares its refusals when its refusals.ts is loaded; nothing else declares any (tools/tidy).
  for (const file of globSync('{domain,platform,adapters,channels}/*/refusals.ts', { cwd: ROOT })) await import(join(ROOT, file));
  const texts: Readonly<Record<string, string>> = catalogues.en;
  const declared = [...declaredRefusals()].sort(([one], [other]) => (one < other ? -1 : 1));
  const folders = [...new Set(declared.map(([name]) => folderOf(name)))];
  const blocks = folders.flatMap((folder) => {
    const rows = declared
      .filter(([name]) => folderOf(name) === folder)
      .map(([name, { status, operator }]) => [code(name), String(status), operator, texts[`refusal.${name}`] ?? '']);
    return [`## ${folder}`, table(['code', 'HTTP', 'the operator reads', 'the customer reads'], rows)];
  });
  return page(
    'Refusals',
    'An expected "no", declared in the `refusals.ts` of its folder; its texts in four languages in platform/messages.',
    ...blocks,
  );
}

const folderOf = (name: string): string => name.slice(0, name.indexOf('.'));
