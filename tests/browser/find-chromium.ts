/**
 * Where the browser comes from, in this order: `CHROMIUM` in the environment; the machine's own; Debian's package, where
 * we are root and may install it; the one that comes from npm. Playwright's own needs the open internet.
 */
import { execFile } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { installFromDebian } from './install-from-debian.ts';
import { unpackedChromium } from './unpack-chromium.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export type Chromium =
  | { readonly path: string; readonly environment: Readonly<Record<string, string>>; readonly missing?: never }
  | { readonly missing: string };

let found: Promise<Chromium> | undefined;

/** Asked once a process. */
export function findChromium(): Promise<Chromium> {
  found ??= find();
  return found;
}

async function find(): Promise<Chromium> {
  const given = process.env['CHROMIUM'];
  if (given) {
    const fault = await faultOf(given);
    return fault === undefined ? { path: given, environment: {} } : { missing: `CHROMIUM=${given} does not run: ${fault}` };
  }
  const onMachine = programOnPath(NAMES);
  if (onMachine !== undefined && (await faultOf(onMachine)) === undefined) return { path: onMachine, environment: {} };
  const refused = await installFromDebian('chromium', 'fonts-noto-cjk');
  const installed = refused === undefined ? programOnPath(NAMES) : undefined;
  if (installed !== undefined && (await faultOf(installed)) === undefined) return { path: installed, environment: {} };
  return fromNpm(refused ?? 'it does not run');
}

async function fromNpm(refused: string): Promise<Chromium> {
  try {
    const { path, libraries, fonts } = await unpackedChromium();
    const plain = { path, environment: fonts };
    if ((await faultOf(path, plain.environment)) === undefined) return plain;
    const withLibraries = { path, environment: { ...fonts, LD_LIBRARY_PATH: libraries } };
    const fault = await faultOf(path, withLibraries.environment);
    return fault === undefined ? withLibraries : { missing: `no Chromium on PATH; Debian's: ${refused}; npm's does not run: ${fault}` };
  } catch (error) {
    return { missing: `no Chromium on PATH; Debian's: ${refused}; npm's: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** What it says when it is asked for its version and cannot tell. */
async function faultOf(path: string, environment: Readonly<Record<string, string>> = {}): Promise<string | undefined> {
  try {
    await promisify(execFile)(path, ['--version'], { timeout: 30_000, env: { ...process.env, ...environment } });
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1);
  }
}

function programOnPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
