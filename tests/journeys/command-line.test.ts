/** docs/command-line.md, run: what it lists is there, does what it says, and ends with the exit code it names. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { payOnPage, TEST_CARDS } from '#simulators/payment-provider';
import { journeyHouse, LINES_OF } from './house.ts';
import { runEverline } from './run-everline.ts';
import { lineOf } from './steps.ts';

const EXIT = { done: 0, fault: 1, usage: 2, refused: 3, declined: 4 };
const number = LINES_OF.commandLine;
const card = (name: string): string => TEST_CARDS.find((one) => one.name === name)?.number ?? '';

test('the documentation lists every command, and no other', async () => {
  const { everline } = await journeyHouse();
  const { exitCode, stdout } = await everline('help');
  assert.equal(exitCode, EXIT.done);
  const there = [...stdout.matchAll(/^ {2}everline (\S+)/gm)].map(([, name]) => name);
  const text = readFileSync(join(import.meta.dirname, '../../docs/command-line.md'), 'utf8');
  const rows = [...text.matchAll(/^\| (`[^|]*(?:\\\|[^|]*)*) \|/gm)].flatMap(([, cell = '']) => [...cell.matchAll(/`([a-z]+)/g)]);
  assert.deepEqual([...new Set(rows.map(([, name]) => name))].sort(), [...there].sort());
  const { stdout: usage } = await everline('renew', '--help');
  assert.match(usage, /^everline renew <number> \[--plan/);
});

test('a line is renewed from its balance in a terminal, as JSON for scripts; the same key again is the same order [PAY-2, BUY-3, FX-1]', async () => {
  const house = await journeyHouse();
  const before = await lineOf(house, number);
  const renew = () => house.everline('renew', number, '--plan', 'month-5gb', '--pay', 'balance', '--key', 'from-a-script', '--json');
  const { exitCode, stdout, stderr } = await renew();
  assert.equal(exitCode, EXIT.done, stdout + stderr);
  const told = JSON.parse(stdout) as Record<string, unknown> & { stages: Record<string, number | null> };
  assert.match(String(told['order']), /^ord_/);
  assert.equal(told['state'], 'delivered');
  assert.deepEqual(
    [told['currency'], told['totalMinor'], told['taxMinor']],
    ['USD', '1500', '0'],
    'tax was paid when the money was loaded',
  );
  assert.match(String(told['receipt']), /^US-\d+-\d{6}$/);
  for (const stage of ['paid', 'applied', 'notified']) assert.equal(typeof told.stages[stage], 'number', stage);
  assert.deepEqual(
    stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
    [{ stage: 'quoted' }, { stage: 'placed' }],
  );
  const after = await lineOf(house, number);
  assert.equal(BigInt(before.balance.minor) - BigInt(after.balance.minor), 1500n);
  assert.notEqual(after.state.line.paidUntil, before.state.line.paidUntil);
  const shown = await house.everline('order', 'show', String(told['order']));
  assert.equal(shown.exitCode, EXIT.done);
  assert.match(shown.stdout, /delivered {2}\$15\.00[\s\S]*receipt US-/);
  const cancelled = await house.everline('order', 'cancel', String(told['order']), '--json');
  assert.equal(cancelled.exitCode, EXIT.refused, 'what is paid is refunded, not cancelled');
});

test('money is loaded by card on the provider’s page while the terminal shows each stage; a part goes back, then the rest [PAY-1, BUY-2]', async () => {
  const house = await journeyHouse();
  const before = await lineOf(house, LINES_OF.refunded);
  let paid: Promise<unknown> | undefined;
  const { exitCode, stdout, stderr } = await runEverline(
    ['renew', LINES_OF.refunded, '--top-up', '20', '--pay', 'card'],
    { EVERLINE_HOME: house.home },
    (text) => {
      const [page] = /http:\S+\/pay\/\S+/.exec(text) ?? [];
      if (page !== undefined) paid ??= payOnPage(page, { card: card('good') });
    },
  );
  await paid;
  assert.equal(exitCode, EXIT.done, stdout + stderr);
  const [order = ''] = /ord_\w+/.exec(stdout) ?? [];
  assert.match(stdout, /US-\d+-\d{6}/);
  assert.equal(BigInt((await lineOf(house, LINES_OF.refunded)).balance.minor) - BigInt(before.balance.minor), 2000n);

  const part = await house.everline('order', 'refund', order, '--amount', '5.00', '--reason', 'asked');
  assert.equal(part.exitCode, EXIT.done, part.stderr);
  assert.match(part.stdout, /credit note US-\d+-C-\d+ {2}\$5\.00/);
  const rest = await house.everline('order', 'refund', order);
  assert.equal(rest.exitCode, EXIT.done, rest.stderr);
  const again = await house.everline('order', 'refund', order, '--json');
  assert.equal(again.exitCode, EXIT.refused, again.stdout);
  assert.equal((await lineOf(house, LINES_OF.refunded)).balance.minor, before.balance.minor);
});

test('a declined card ends with exit code 4 and words, once its page is closed [PAY-5]', async () => {
  const house = await journeyHouse();
  let declined: Promise<unknown> | undefined;
  const { exitCode, stdout, stderr } = await runEverline(
    ['renew', LINES_OF.refunded, '--pay', 'card'],
    { EVERLINE_HOME: house.home },
    (text) => {
      const [page, session] = /http:\S+\/pay\/(cs_\w+)/.exec(text) ?? [];
      if (page !== undefined && session !== undefined)
        declined ??= payOnPage(page, { card: card('declined') }).then(() => closePage(house.home, session));
    },
  );
  await declined;
  assert.equal(exitCode, EXIT.declined, stdout + stderr);
  assert.match(stderr, /charged/);
});

/** The provider closes a page when its time is over; here by word, as a merchant may. */
async function closePage(home: string, session: string): Promise<void> {
  const { simulator } = JSON.parse(readFileSync(join(home, 'running.json'), 'utf8')) as { simulator: { url: string; key: string } };
  const headers = { authorization: `Bearer ${simulator.key}` };
  const answer = await fetch(`${simulator.url}/v1/checkout/sessions/${session}/expire`, { method: 'POST', headers });
  assert.equal(answer.status, 200, await answer.text());
}

test('a line is shown as it stands, in words and as JSON; what is not there is refused with its reason', async () => {
  const { everline } = await journeyHouse();
  const shown = await everline('line', 'show', number);
  assert.equal(shown.exitCode, EXIT.done);
  assert.match(shown.stdout, /^\+1 206 555 0113 {2}active {2}Monthly 5 GB\n {2}data .* balance \$/);
  const nowhere = await everline('line', 'show', '+12065550199', '--json');
  assert.equal(nowhere.exitCode, EXIT.refused);
  assert.equal((JSON.parse(nowhere.stdout) as { refused: string }).refused, 'lines.not_found');
  const words = await everline('renew', '+12065550199', '--pay', 'balance');
  assert.deepEqual([words.exitCode, words.stdout], [EXIT.refused, '']);
  assert.match(words.stderr, /number/);
});

test('words that do not fit end with 2, what the machine lacks with 1, each saying what to do', async () => {
  const { everline, home } = await journeyHouse();
  for (const words of [
    ['renew'],
    ['renew', number, '--pay', 'gold'],
    ['line', 'paint', number],
    ['clock', '3 days'],
    ['order', 'show'],
    ['dance'],
  ]) {
    const { exitCode, stderr } = await everline(...words);
    assert.equal(exitCode, EXIT.usage, `${words.join(' ')}: ${stderr}`);
  }
  const unreadable = await runEverline(['line', 'show', number], { EVERLINE_HOME: home, DATABASE_URL: 'somewhere' });
  assert.equal(unreadable.exitCode, EXIT.fault);
  assert.match(unreadable.stderr, /DATABASE_URL cannot be read/);
  assert.doesNotMatch(unreadable.stderr, /\n\s+at /, 'no stack for what its reader can mend');
});

test('beside a running house the database is looked after: doctor, migrate, clock, backup', async (t) => {
  const { everline } = await journeyHouse();
  const file = join(tmpdir(), `everline-journey-${process.pid}.backup`);
  t.after(() => rmSync(file, { force: true }));
  for (const [words, says] of [
    [['doctor'], /^ok/m],
    [['migrate'], /up to date/],
    [['clock'], /^business \d{4}-/],
    [['backup', file], /rows of \d+ tables/],
  ] as const) {
    const { exitCode, stdout, stderr } = await everline(...words);
    assert.equal(exitCode, EXIT.done, `${words.join(' ')}: ${stderr}`);
    assert.match(stdout, says);
  }
  assert.equal((await everline('seed')).exitCode, EXIT.refused, 'it is there already');
  assert.equal((await everline('init')).exitCode, EXIT.refused, 'a demonstration is not made one’s own');
});
