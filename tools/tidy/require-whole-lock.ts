import type { Rule } from './rule.ts';

const LOCK = 'package-lock.json';

export type LockEntry = {
  readonly dev?: boolean;
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

export const requireWholeLock: Rule = {
  name: 'lock-complete',
  why: `npm leaves packages for other kinds of machines out of ${LOCK} when it could not fetch them, and \`npm ci\`, which a fresh checkout runs, then refuses the whole lock. \`node tools/complete-lock.ts\` adds them.`,
  find(checkout) {
    if (!checkout.has(LOCK)) return [{ path: LOCK, line: 0, what: 'is missing' }];
    const { packages = {} } = JSON.parse(checkout.text(LOCK)) as { packages?: Record<string, LockEntry> };
    return missingOptional(packages).map(({ name, version, of }) => ({
      path: LOCK,
      line: 0,
      what: `${name}@${version}, which ${of} names`,
    }));
  },
};

export type MissingPackage = { readonly name: string; readonly version: string; readonly of: string };

/** Optional dependencies that no entry answers, looked for as Node looks: beside the package, then upwards. */
export function missingOptional(packages: Readonly<Record<string, LockEntry>>): readonly MissingPackage[] {
  return Object.entries(packages).flatMap(([of, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !placesFor(of, name).some((path) => path in packages))
      .map(([name, version]) => ({ name, version, of })),
  );
}

function placesFor(of: string, name: string): string[] {
  const nested = of === '' ? [] : of.split('/node_modules/').map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'));
  return [...nested.map((parent) => `${parent}/node_modules/${name}`), `node_modules/${name}`];
}
