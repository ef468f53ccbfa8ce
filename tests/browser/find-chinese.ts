import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { installFromDebian } from './install-from-debian.ts';

/** Undefined once the machine has a font with Chinese in it; else why it has none. Without one, boxes are drawn. */
export async function findChinese(): Promise<string | undefined> {
  if (await hasChinese()) return undefined;
  const refused = await installFromDebian('fonts-noto-cjk');
  if (refused === undefined && (await hasChinese())) return undefined;
  return `no font with Chinese in it (Debian: fonts-noto-cjk): ${refused ?? 'it was installed, and is not found'}`;
}

async function hasChinese(): Promise<boolean> {
  try {
    const { stdout } = await promisify(execFile)('fc-list', [':lang=zh', 'family'], { timeout: 30_000 });
    return stdout.trim() !== '';
  } catch {
    return false;
  }
}
