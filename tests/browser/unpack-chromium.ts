/**
 * The Chromium that comes from npm (@sparticuz/chromium): compressed, with libraries and fonts that bare machines lack.
 * It unpacks into the temporary folder under fixed names, half a file at a time; here it does so in a process whose
 * temporary folder is a new one, which gets its name when it is whole.
 */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/everline');
const FILES = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];

export type UnpackedChromium = {
  readonly path: string;
  /** For LD_LIBRARY_PATH, where the machine lacks what Chromium needs. */
  readonly libraries: string;
  /** Variables that make it use the fonts it brought, where the machine has no fontconfig. */
  readonly fonts: Readonly<Record<string, string>>;
};

export async function unpackedChromium(): Promise<UnpackedChromium> {
  const home = join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '..');
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = join(CACHE, `chromium-${version}`);
  if (!existsSync(folder)) await unpack(join(home, 'bin'), folder);
  return {
    path: join(folder, 'chromium'),
    libraries: join(folder, 'al2023', 'lib'),
    fonts: existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') },
  };
}

async function unpack(from: string, folder: string): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const fresh = mkdtempSync(join(CACHE, 'unpacking-'));
  try {
    const paths = JSON.stringify(FILES.map((file) => join(from, file)));
    const script = `import { inflate } from '@sparticuz/chromium'; for (const path of ${paths}) await inflate(path);`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: import.meta.dirname,
      env: { ...process.env, TMPDIR: fresh },
      timeout: 120_000,
    });
    chmodSync(fresh, 0o755);
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another process was faster.
    if (!existsSync(folder)) throw error;
  }
}
