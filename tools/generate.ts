// `npx everline generate` writes what is drawn from the code; with `--check` it only says what is no longer fresh.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GENERATORS } from './generate/generators.ts';

const ROOT = join(import.meta.dirname, '..');
const onlyCheck = process.argv.includes('--check');
let stale = 0;

for (const { path, make } of GENERATORS) {
  const file = join(ROOT, path);
  const fresh = await make();
  if (existsSync(file) && readFileSync(file, 'utf8') === fresh) continue;
  stale += 1;
  if (onlyCheck) console.log(`${path} is not what the code says now; run: npx everline generate`);
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, fresh);
    console.log(`written: ${path}`);
  }
}
if (!onlyCheck && stale === 0) console.log('everything generated is fresh');
process.exitCode = onlyCheck && stale > 0 ? 1 : 0;
