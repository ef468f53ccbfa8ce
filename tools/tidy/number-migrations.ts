import type { Finding, Rule } from './rule.ts';

export const numberMigrations: Rule = {
  name: 'migrations-numbered',
  why: 'Migrations run once, in the order of their numbers: NNNN-<folder>.sql, no number twice, or two checkouts would build two different databases.',
  find(checkout) {
    const seen = new Map<string, string>();
    return checkout.paths
      .filter((path) => path.startsWith('migrations/') && !path.endsWith('.md'))
      .flatMap((path): Finding[] => {
        const number = /^migrations\/(\d{4})-[a-z0-9-]+\.sql$/.exec(path)?.[1];
        if (number === undefined) return [{ path, line: 0, what: 'is not named NNNN-<folder>.sql' }];
        const earlier = seen.get(number);
        seen.set(number, path);
        return earlier === undefined ? [] : [{ path, line: 0, what: `has the number of ${earlier}` }];
      });
  },
};
