import type { Rule } from './rule.ts';

const JUNK = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'service', 'services', 'manager', 'managers', 'misc']);

export const forbidJunkNames: Rule = {
  name: 'folder-names',
  why: 'A folder is a noun that a shop assistant would recognise, a file a verb. Names like "utils" say nothing, so anything goes in and nobody finds it again.',
  find(checkout) {
    const bad = checkout.paths.flatMap((path) => {
      const parts = path.split('/');
      const index = parts.findIndex((part, place) => JUNK.has(place === parts.length - 1 ? part.replace(/\..*$/, '') : part));
      return index < 0 ? [] : [parts.slice(0, index + 1).join('/')];
    });
    return [...new Set(bad)].map((path) => ({ path, line: 0, what: 'a name that says nothing' }));
  },
};
