/** Which route of the mounted sets a request means, or the problem that says why none (TS 29.500 §5.2.7.2). */
import { problem } from './problem.ts';
import type { RouteSet, SbiAnswer, SbiRoute } from './route-set.ts';

export type FoundRoute = { readonly set: RouteSet; readonly route: SbiRoute; readonly params: Readonly<Record<string, string>> };
export type FindRoute = (method: string, path: string) => FoundRoute | SbiAnswer;

type Node = { readonly set: RouteSet; readonly route: SbiRoute; readonly parts: readonly string[] };

export function createRouteFinder(sets: readonly RouteSet[]): FindRoute {
  const byRoot = new Map<string, Node[]>();
  for (const set of sets)
    byRoot.set(
      `${set.name}/${set.version}`,
      set.routes.map((route) => ({ set, route, parts: partsOf(route.path) })),
    );
  return (method, path) => {
    const [name = '', version = '', ...rest] = partsOf(path);
    const nodes = byRoot.get(`${name}/${version}`);
    if (nodes === undefined) return problem(400, 'INVALID_API', 'no such service, or not in this version');
    const there = nodes.flatMap((node) => {
      const params = match(node.parts, rest);
      return params === undefined ? [] : [{ set: node.set, route: node.route, params }];
    });
    if (there.length === 0) return problem(404, 'RESOURCE_URI_STRUCTURE_NOT_FOUND');
    const found = there.find(({ route }) => route.method === method);
    if (found !== undefined) return found;
    return problem(405, 'METHOD_NOT_ALLOWED', undefined, { headers: { allow: there.map(({ route }) => route.method).join(', ') } });
  };
}

function partsOf(path: string): string[] {
  return path.split('/').slice(1);
}

function match(parts: readonly string[], said: readonly string[]): Record<string, string> | undefined {
  if (parts.length !== said.length) return undefined;
  const params: Record<string, string> = {};
  for (const [place, part] of parts.entries()) {
    const text = said[place] ?? '';
    const name = /^\{(.+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== text) return undefined;
      continue;
    }
    const value = decode(text);
    if (value === undefined || value === '') return undefined;
    params[name] = value;
  }
  return params;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
