/** Every page of the house, from its routes: a test over them holds for those that are still to come. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROUTES = join(import.meta.dirname, '../../channels/web/pages/routes');

export type Route = {
  /** As its folder is named: "/line/[id]". */
  readonly route: string;
  /** Whether it is read, and not only posted to. */
  readonly isRead: boolean;
  /** An address of it, its parameters filled with what is nothing. */
  readonly path: string;
  /** The actions that post to it: "" for the only one, "?/name" for a named one. */
  readonly actions: readonly string[];
};

export function routesOfPages(): readonly Route[] {
  const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter((file) => /\+(page\.svelte|server\.ts)$/.test(file));
  const folders = [...new Set(files.map((file) => file.split('/').slice(0, -1).join('/')))];
  return folders.map((folder) => ({
    route: `/${folder}`,
    isRead: existsSync(join(ROUTES, folder, '+page.svelte')) || /export const GET/.test(textOf(folder, '+server.ts')),
    path: `/${folder.replace(/\[[^\]]+\]/g, 'nothing')}`,
    actions: actionsOf(folder),
  }));
}

function actionsOf(folder: string): string[] {
  const ends = /export const POST/.test(textOf(folder, '+server.ts')) ? [''] : [];
  const actions = textOf(folder, '+page.server.ts').split('export const actions')[1] ?? '';
  const names = [...actions.matchAll(/^ {2}(\w+): async/gm)].map(([, name = '']) => (name === 'default' ? '' : `?/${name}`));
  return [...ends, ...names];
}

/** '' for a file that is not there. */
function textOf(folder: string, name: string): string {
  const file = join(ROUTES, folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
