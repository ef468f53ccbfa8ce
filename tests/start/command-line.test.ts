/** The examples of docs/command-line.md and of the README are typed as they stand there, and print what stands there. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { payOnPage } from '#simulators/payment-provider';
import { runEverline, startEverline } from '#tests/journeys';
import { compare, type Example, examplesIn, normalise } from './examples.ts';
import { aloneIn, ask } from './index.ts';

const ROOT = join(import.meta.dirname, '../..');
const GOOD_CARD = '4242424242424242';
const examplesOf = (file: string) => examplesIn(readFileSync(join(ROOT, file), 'utf8'));

type Place = {
  readonly home: string;
  /** What is written in the documents, and what it is here: files and folders that go with the test, ids made before. */
  readonly names: Map<string, string>;
  exitCode: number;
};

/** Every `ord_…` a document shows is the one that the first command to print it made here. */
function learnIds(shown: string, printed: string, names: Map<string, string>): void {
  const [told = [], made = []] = [shown.match(/\bord_\w+/g) ?? undefined, printed.match(/\bord_\w+/g) ?? undefined];
  for (const [index, id] of told.entries()) if (!names.has(id) && made[index] !== undefined) names.set(id, made[index]);
}

async function type(place: Place, { command, output }: Example): Promise<void> {
  if (command === 'echo $?') return assert.equal(`${place.exitCode}`, output.trim(), 'the exit code');
  let words = command;
  for (const [written, here] of place.names) words = words.replaceAll(written, here);
  const { environment, everline, errorsToo } = readCommand(words);
  let paying: Promise<unknown> | undefined;
  const told = await runEverline(everline, { EVERLINE_HOME: place.home, ...environment }, (printed) => {
    const page = /http:\/\/127\.0\.0\.1:\d+\/pay\/\w+/.exec(printed)?.[0];
    if (page !== undefined) paying ??= payOnPage(page, { card: GOOD_CARD });
  });
  await paying;
  place.exitCode = told.exitCode;
  let printed = errorsToo ? told.stderr + told.stdout : told.stdout;
  learnIds(output, printed, place.names);
  for (const [written, here] of place.names) printed = printed.replaceAll(here, written);
  if (output !== '') compare(normalise(printed), normalise(output));
  else assert.equal(told.exitCode, 0, told.stderr);
}

/** `NAME=value npx everline word "two words" 2>/dev/null`. */
function readCommand(line: string) {
  const words = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, '$1'));
  const start = words.indexOf('npx');
  assert.deepEqual(words.slice(start, start + 2), ['npx', 'everline'], `${line} calls npx everline`);
  const environment = Object.fromEntries(words.slice(0, start).map((word) => word.split('=', 2) as [string, string]));
  const everline = words.slice(start + 2).filter((word) => word !== '2>/dev/null');
  return { environment, everline, errorsToo: !words.includes('2>/dev/null') };
}

async function typeAll(t: TestContext, examples: readonly Example[], place: Place): Promise<void> {
  assert.ok(examples.length > 0, 'there are examples');
  for (const example of examples) await t.test(`$ ${example.command}`, { skip: example.notRun ?? false }, () => type(place, example));
}

test('the examples of docs/command-line.md print what the page shows', async (t) => {
  const home = aloneIn(t);
  const house = await startEverline({ EVERLINE_HOME: home, PORT: '0' }, ['--lines', '12']);
  t.after(() => house.stop('SIGKILL').catch(() => {}));
  assert.equal((await ask(house.addresses['self-care'] ?? '')).status, 200);
  const names = new Map([
    ['~/everline-copy', aloneIn(t)],
    ['shop.backup', join(home, 'shop.backup')],
  ]);
  await typeAll(t, examplesOf('docs/command-line.md'), { home, names, exitCode: 0 });
  await house.stop();
});

test('the README’s way to one’s own operator can be walked as it stands there', async (t) => {
  const examples = examplesOf('README.md');
  assert.ok(!examples.some(({ command }) => command.includes(homedir())));
  await typeAll(t, examples, { home: aloneIn(t), names: new Map(), exitCode: 0 });
});
