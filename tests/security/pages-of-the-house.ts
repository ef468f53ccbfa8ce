/** Every page of the house, from its routes: a test over them holds for those that are still to come. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROUTES = join(import.meta.dirname, '../../channels/web/pages/routes');

export type Route = {
  /** An address of it, its parameters filled with what is nothing. */
  readonly path: string;
  /** The actions that post to it: "" for the only one, "?/name" for a named one. */
  readonly actions: readonly string[];
};

export function routesOfPages(): readonly Route[] {
  const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter((file) => /\+(page\.svelte|server\.ts)$/.test(file));
  const folders = [...new Set(files.map((file) => file.split('/').slice(0, -1).join('/')))];
  return folders.map((folder) => ({ path: `/${folder.replace(/\[[^\]]+\]/g, 'nothing')}`, actions: actionsOf(folder) }));
}

function actionsOf(folder: string): string[] {
  const read = (name: string): string => {
    try {
      return readFileSync(join(ROUTES, folder, name), 'utf8');
    } catch {
      return '';
    }
  };
  const ends = /export const POST/.test(read('+server.ts')) ? [''] : [];
  const actions = read('+page.server.ts').split('export const actions')[1] ?? '';
  const names = [...actions.matchAll(/^ {2}(\w+): async/gm)].map(([, name = '']) => (name === 'default' ? '' : `?/${name}`));
  return [...ends, ...names];
}
