import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const DOMAIN = join(import.meta.dirname, '../../domain');

/** Names of the domain folders that have `file`, in order. */
export function domainFolders(file: string): readonly string[] {
  return readdirSync(DOMAIN)
    .filter((folder) => existsSync(join(DOMAIN, folder, file)))
    .sort();
}

/** All that a file of a domain folder exports, by name. */
export async function exportsOf(folder: string, file: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(join(DOMAIN, folder, file))) as Record<string, unknown>;
}
