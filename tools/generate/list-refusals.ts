/** Every expected "no": its code, what an answer carries, what the operator reads and what the customer reads. */
import { catalogues } from '#platform/messages';
import type { RefusalCatalogue } from '#platform/refusals';
import { domainFolders, exportsOf } from './domain-folders.ts';
import { code, page, table } from './markdown.ts';

export async function listRefusals(): Promise<string> {
  const texts: Readonly<Record<string, string>> = catalogues.en;
  const blocks: string[] = [];
  for (const folder of domainFolders('refusals.ts')) {
    const catalogue = Object.values(await exportsOf(folder, 'refusals.ts')).find(isCatalogue);
    if (catalogue === undefined) continue;
    const rows = Object.entries(catalogue).map(([name, { status, operator }]) => [
      code(name),
      String(status),
      operator,
      texts[`refusal.${name}`] ?? '',
    ]);
    blocks.push(`## ${folder}`, table(['code', 'HTTP', 'the operator reads', 'the customer reads'], rows));
  }
  return page(
    'Refusals',
    'An expected "no", declared in the `refusals.ts` of its folder; its texts in four languages in platform/messages.',
    ...blocks,
  );
}

function isCatalogue(value: unknown): value is RefusalCatalogue {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((entry) => typeof entry === 'object' && entry !== null && 'status' in entry && 'operator' in entry);
}
