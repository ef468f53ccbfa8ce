/** The folder of a run, in which everything it starts keeps its files; and the end of those that runs left behind when they were killed. */
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopLeftBehind } from '#platform/postgres';

export type RunFolder = {
  readonly path: string;
  /** Where its database server keeps its own. */
  readonly home: string;
  /** When everything in it has stopped. `keep`: the folder stays, for who looks into it. */
  end(keep: boolean): void;
};

/** Sweeps first. `prefix` names the kind of run: "everline-torture-". */
export async function openRunFolder(prefix: string): Promise<RunFolder> {
  await sweep(prefix);
  const path = mkdtempSync(join(tmpdir(), prefix));
  // The database server may run as another user, which must pass through.
  chmodSync(path, 0o711);
  writeFileSync(join(path, 'process'), String(process.pid));
  return {
    path,
    home: join(path, 'home'),
    end(keep) {
      if (keep) writeFileSync(join(path, 'kept'), '');
      else rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Of runs that were killed: their databases would serve nobody for ever. */
async function sweep(prefix: string): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    if (existsSync(join(folder, 'kept'))) continue;
    try {
      process.kill(Number(readFileSync(join(folder, 'process'), 'utf8')), 0);
    } catch {
      await stopLeftBehind(join(folder, 'home/postgres')).catch(() => {});
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
