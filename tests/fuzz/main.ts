/**
 * The long fuzz: `node tests/fuzz/main.ts [--minutes 10] [--door gy] [--seed N]`, all doors in turn, each for its share of the time; the
 * Diameter decoder among them. Ends with 1 when a rule is broken, and says how to have it again.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DOORS } from './doors.ts';
import { runFuzz } from './run-fuzz.ts';

const MINUTE_MS = 60_000;
/** What the decoder does in a minute, about. */
const DECODER_CASES_A_MINUTE = 600_000;
const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { minutes: { ...text, default: '10' }, door: text, seed: text } });
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
if (!(minutes > 0) || !Number.isSafeInteger(seed)) throw new Error('--minutes and --seed take numbers');
const doors = DOORS.filter(({ name }) => values.door === undefined || name === values.door);
const isDecoder = values.door === undefined || values.door === 'diameter';
const shares = doors.length + (isDecoder ? 1 : 0);
if (shares === 0) throw new Error(`--door is one of diameter, ${DOORS.map(({ name }) => name).join(', ')}`);
let isGood = true;

if (isDecoder) {
  const cases = Math.ceil((minutes / shares) * DECODER_CASES_A_MINUTE);
  const program = join(import.meta.dirname, '../../channels/diameter/fuzz.test.ts');
  const env = { ...process.env, EVERLINE_FUZZ_CASES: `${cases}`, EVERLINE_FUZZ_SEED: `${seed}` };
  const { status } = spawnSync(process.execPath, ['--test', '--test-reporter=dot', program], { env, stdio: 'inherit' });
  console.log(`diameter: ${cases} messages, seed ${seed}: ${status === 0 ? 'good' : 'a rule is broken'}`);
  isGood &&= status === 0;
}
for (const door of doors) {
  try {
    const tried = await runFuzz(door, seed, { ms: (minutes / shares) * MINUTE_MS });
    console.log(`${door.name}: ${tried} cases, seed ${seed}: good`);
  } catch (error) {
    console.log((error as Error).message);
    isGood = false;
  }
}
process.exit(isGood ? 0 : 1);
