// Each rule is shown a sample that breaks it and one that keeps it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkoutOver } from './checkout.ts';
import { MISSIONS } from './cover-missions.ts';
import type { Exception } from './exceptions.ts';
import { RULES } from './rules.ts';
import { tellFindings, tidy } from './tidy.ts';

type Files = Readonly<Record<string, string>>;

function found(rule: string, files: Files, exceptions: readonly Exception[] = []): string[] {
  const checkout = checkoutOver(Object.keys(files), (path) => files[path] ?? '');
  const rules = RULES.filter((each) => each.name === rule);
  assert.equal(rules.length, 1, `there is one rule called ${rule}`);
  return tidy(checkout, rules, exceptions).map(({ path, line, what }) => `${path}:${line} ${what}`);
}

/** `bad` gives exactly one finding, which `says`; `good` gives none. */
function keeps(rule: string, samples: { good: Files; bad: Files; says: RegExp }): void {
  const findings = found(rule, samples.bad);
  assert.equal(findings.length, 1, findings.join('\n'));
  assert.match(findings[0] ?? '', samples.says);
  assert.deepEqual(found(rule, samples.good), []);
}

const lines = (count: number): string => 'work();\n'.repeat(count);
const README = '# x\n## What it is\n## What it is not\n## What it owns\n## Invariants\n## How it fails\n';

test('a file past 300 lines is told', () => {
  keeps('file-length', {
    bad: { 'domain/x/a.ts': lines(301) },
    good: { 'domain/x/a.ts': lines(300) },
    says: /^domain\/x\/a\.ts:0 301 lines/,
  });
});

test('a function past 70 lines is named', () => {
  const body = (count: number): string => `const settle = () => {\n${lines(count - 2)}};\n`;
  keeps('function-length', { bad: { 'a.ts': body(71) }, good: { 'a.ts': body(70) }, says: /a\.ts:1 settle: 71 lines/ });
});

test('a function that makes an object is read method by method', () => {
  const method = (count: number): string => `  settle() {\n${lines(count - 2)}  },\n`;
  const maker = (methods: string): string => `function openStore() {\nreturn {\n${methods}};\n}\n`;
  const good = { 'a.ts': maker(method(60) + method(60)) };
  keeps('function-length', { bad: { 'a.ts': maker(method(71)) }, good, says: /a\.ts:3 settle: 71 lines/ });
});

test('a suite of tests is a list, not a function', () => {
  assert.deepEqual(found('function-length', { 'a.test.ts': `describe('x', () => {\n${lines(200)}});` }), []);
});

test('a folder or file with a name that says nothing is found', () => {
  keeps('folder-names', {
    bad: { 'domain/utils/a.ts': '', 'domain/utils/b.ts': '' },
    good: { 'domain/money/a.ts': '' },
    says: /domain\/utils:0/,
  });
  assert.equal(found('folder-names', { 'platform/http/helpers.ts': '' }).length, 1);
});

test('a domain folder shows its faces', () => {
  const whole = { 'domain/x/index.ts': '', 'domain/x/README.md': README, 'domain/x/refusals.ts': '', 'domain/x/a.ts': "refuse('x.no')" };
  keeps('domain-faces', { bad: { 'domain/x/README.md': README }, good: whole, says: /domain\/x:0 has no index\.ts/ });
  keeps('domain-faces', { bad: { 'domain/x/index.ts': '' }, good: whole, says: /has no README\.md/ });
  keeps('domain-faces', {
    bad: { ...whole, 'domain/x/README.md': README.replace('## Invariants\n', '') },
    good: whole,
    says: /section "Invariants"/,
  });
  const { 'domain/x/refusals.ts': _, ...without } = whole;
  keeps('domain-faces', { bad: without, good: whole, says: /has no refusals\.ts/ });
});

test('refusals are declared in refusals.ts, under the name of their folder', () => {
  const declared = (code: string): string => `export const { refuse } = declareRefusals({\n'${code}': { status: 404, operator: 'No.' } });`;
  const good = { 'domain/x/refusals.ts': declared('x.gone') };
  keeps('refusals-together', { bad: { 'domain/x/a.ts': declared('x.gone') }, good, says: /a\.ts:1 declares refusals outside/ });
  keeps('refusals-together', { bad: { 'domain/x/refusals.ts': declared('y.gone') }, good, says: /:2 y\.gone does not start with "x\."/ });
});

test('the machine is not asked for the time, but in a test, a tool or an adapter', () => {
  const good = {
    'domain/x/a.ts': 'const at = new Date(row.at); // Date.now() is not called here',
    'domain/x/a.test.ts': 'new Date()',
    'tests/journeys/a.ts': 'Date.now()',
    'adapters/smtp/a.ts': 'Date.now()',
  };
  for (const text of ['const at = new Date();', 'const at = Date.now();', 'const at = Temporal.Now.instant();']) {
    keeps('ambient-time', { bad: { 'domain/x/a.ts': text }, good, says: /domain\/x\/a\.ts:1/ });
  }
  keeps('ambient-time', {
    bad: { 'channels/web/pages/+page.svelte': '<p>x</p>\n<script lang="ts">\nDate.now();\n</script>' },
    good,
    says: /:3 Date\.now/,
  });
});

test('chance comes from platform/random', () => {
  const good = { 'domain/x/a.ts': 'random.below(4)', 'tests/world/a.ts': 'Math.random()' };
  for (const text of ['Math.random()', 'randomUUID()', 'crypto.randomBytes(16)']) {
    keeps('ambient-randomness', { bad: { 'domain/x/a.ts': text }, good, says: /domain\/x\/a\.ts:1/ });
  }
});

test('SQL is handed the instant', () => {
  const good = {
    'domain/x/sql/a.sql': "-- now() is what we do not call\nselect 'now()' from x.y where at < :now",
    'domain/x/a.ts': "say('now() is only a word here')",
  };
  for (const sql of ['select now()', 'select current_timestamp', 'select gen_random_uuid ()', 'select random()']) {
    keeps('sql-time', { bad: { 'domain/x/sql/a.sql': `-- a\n${sql}` }, good, says: /a\.sql:2/ });
  }
  keeps('sql-time', { bad: { 'migrations/0001-x.sql': 'create table x.y (at timestamptz default now())' }, good, says: /0001-x\.sql:1/ });
  keeps('sql-time', { bad: { 'platform/x/a.ts': "query('update x.y set at = now()')" }, good, says: /a\.ts:1/ });
});

test('SQL names only the schema of its own folder', () => {
  const base = {
    'domain/orders/index.ts': '',
    'domain/lines/index.ts': '',
    'migrations/0002-orders.sql': 'create schema orders; create table orders.quote (id bigint, line_id bigint);',
  };
  const sql = (text: string): Files => ({ ...base, 'domain/orders/sql/a.sql': text });
  const good = sql("select o.id from orders.quote o where o.note = 'lines.line' and public.slot_of(o.id) = 1 -- lines.line");
  keeps('sql-schemas', { bad: sql('select l.id\nfrom lines.line l'), good, says: /domain\/orders\/sql\/a\.sql:2 lines\.line/ });
  const reaching = 'create schema orders; create table orders.quote (line_id bigint references lines.line);';
  keeps('sql-schemas', { bad: { ...base, 'migrations/0002-orders.sql': reaching }, good, says: /0002-orders\.sql:1 lines\.line/ });
});

test('every statement is loaded, and every name has its file', () => {
  const good = { 'domain/x/a.ts': "statement<{}, {}>(import.meta.dirname, 'read-line')", 'domain/x/sql/read-line.sql': 'select 1' };
  const copying = {
    'domain/x/a.ts': "copyStatement(import.meta.dirname, 'copy-lines', {})",
    'domain/x/sql/copy-lines.sql': 'copy x.y (a)',
  };
  keeps('statements-used', { bad: { 'domain/x/sql/copy-lines.sql': 'copy x.y (a)' }, good: copying, says: /copy-lines\.sql:0 no file/ });
  keeps('statements-used', { bad: { 'domain/x/sql/read-line.sql': 'select 1' }, good, says: /read-line\.sql:0 no file/ });
  keeps('statements-used', {
    bad: { 'domain/x/a.ts': good['domain/x/a.ts'] },
    good,
    says: /a\.ts:1 domain\/x\/sql\/read-line\.sql is missing/,
  });
});

test('migrations have a number each', () => {
  const good = { 'migrations/0001-x.sql': '', 'migrations/0002-y.sql': '' };
  keeps('migrations-numbered', {
    bad: { 'migrations/0001-x.sql': '', 'migrations/0001-y.sql': '' },
    good,
    says: /number of migrations\/0001-x/,
  });
  keeps('migrations-numbered', { bad: { 'migrations/2-x.sql': '' }, good, says: /is not named/ });
});

test('nothing is left to do in the code', () => {
  const word = 'TO' + 'DO';
  keeps('leftovers', {
    bad: { 'domain/x/a.ts': `work();\n// ${word}: later` },
    good: { 'domain/x/a.ts': 'const TODOS = 1;' },
    says: /a\.ts:2/,
  });
});

test('no test is switched off or alone, unless the machine is the reason', () => {
  const good = { 'a.test.ts': "test('x', { skip: skipReason }, () => {}); page.only(1); list.skip(2);", 'a.ts': "test.only('x')" };
  for (const text of ["test.only('x')", "it.skip('x')", "t.test.todo('x')", "test('x', { skip: true }, f)", "test('x', { only: true })"]) {
    keeps('tests-all-run', { bad: { 'a.test.ts': text }, good, says: /a\.test\.ts:1/ });
  }
});

test('a mission without a test is named', () => {
  const all = MISSIONS.filter((id) => id !== 'BUY-3');
  const tests = (ids: readonly string[]): string => ids.map((id) => `test('a rule [${id}]', () => {});`).join('\n');
  const good = { 'domain/x/a.test.ts': `${tests(all)}\ntest(\`one for each [BUY-3, BUY-2] \${x}\`, f)` };
  keeps('missions-covered', { bad: { 'domain/x/a.test.ts': tests(all) }, good, says: /\[BUY-3\]/ });
});

test('names keep to the glossary', () => {
  const words =
    '| word | what it is | not |\n|---|---|---|\n| **person** | a `human` | `customer`, subscriber |\n| **sign-in** | x | `session` (alone) |\n';
  const good = { 'docs/words.md': words, 'domain/x/a.ts': 'const chargingSession = 1; type Subscriber = 1; const human = customer;' };
  keeps('glossary', { bad: { ...good, 'domain/x/a.ts': 'const customerId = 1;' }, good, says: /customerId: "customer"/ });
  keeps('glossary', { bad: { ...good, 'domain/x/a.ts': 'type T = { session: number };' }, good, says: /session: "session"/ });
  keeps('glossary', { bad: { 'domain/x/a.ts': '' }, good, says: /words\.md:0 is missing/ });
  keeps('glossary', { bad: { 'docs/words.md': '| **person** | a `human` | user |' }, good, says: /forbids nothing/ });
});

test('a cast through unknown is explained', () => {
  const good = { 'a.ts': '// The driver says any; it is a Row.\nconst row = value as unknown as Row;' };
  keeps('casts-explained', { bad: { 'a.ts': 'work();\nconst row = value as unknown as Row;' }, good, says: /a\.ts:2/ });
});

test('no path of one machine', () => {
  const path = ['', 'home', 'ann', 'everline'].join('/');
  keeps('machine-paths', { bad: { 'a.ts': `read('${path}')` }, good: { 'a.ts': "read('docs/home/ann'); // 0700 /root" }, says: /a\.ts:1/ });
});

test('package-lock.json holds the packages of every kind of machine', () => {
  const packages = { '': {}, 'node_modules/tool': { optionalDependencies: { 'tool-linux-x64': '1.0.0' } } };
  const bad = { 'package-lock.json': JSON.stringify({ packages }) };
  const nested = { ...packages, 'node_modules/tool/node_modules/tool-linux-x64': { version: '1.0.0' } };
  keeps('lock-complete', { bad, good: { 'package-lock.json': JSON.stringify({ packages: nested }) }, says: /tool-linux-x64@1\.0\.0/ });
});

test('an exception excuses its file, and is found when it no longer excuses anything', () => {
  const exception = { rule: 'ambient-time', path: 'domain/x/a.ts', reason: 'why not' };
  assert.deepEqual(found('ambient-time', { 'domain/x/a.ts': 'Date.now()' }, [exception]), []);
  assert.match(found('ambient-time', { 'domain/x/a.ts': '' }, [exception]).join(), /no longer needed/);
});

test('what is told names the rule and its reason once, then the places', () => {
  const files: Files = { 'a.ts': 'x as unknown as Y;\n\n\nx as unknown as Z;' };
  const text = tellFindings(
    tidy(
      checkoutOver(Object.keys(files), (path) => files[path] ?? ''),
      RULES.filter((rule) => rule.name === 'casts-explained'),
      [],
    ),
  );
  assert.match(text, /^casts-explained: .+\n {2}a\.ts:1 {2}x as unknown as Y\n {2}a\.ts:4 {2}x as unknown as Z\n$/);
});
