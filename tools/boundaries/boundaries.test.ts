// Every rule of .dependency-cruiser.mjs is broken once in a small tree of its own, and must be the one that says so.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

const PROJECT = join(import.meta.dirname, '../..');
const FOLDERS = ['apps', 'channels', 'domain', 'platform', 'adapters', 'simulators', 'tests', 'tools'];
const IMPORTS = ['platform', 'domain', 'adapters', 'channels', 'simulators', 'apps', 'tests'];

type Violation = { readonly from: string; readonly to: string; readonly rule: { readonly name: string } };

const root = mkdtempSync(join(tmpdir(), 'everline-boundaries-'));
after(() => rmSync(root, { recursive: true, force: true }));

const write = (path: string, content: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
};

/** The importing file, what it imports, and the rule that must forbid it. */
const FORBIDDEN: readonly (readonly [from: string, imports: string, rule: string])[] = [
  ['domain/lines/a.ts', '#domain/orders', 'rank-of-lines'],
  ['domain/lines/b.ts', '#domain/payments', 'rank-of-lines'],
  ['domain/money/a.ts', '#domain/ledger', 'rank-of-money'],
  ['domain/charging/a.ts', '#domain/orders', 'charging-knows-no-sale'],
  ['domain/charging/b.ts', '#domain/payments', 'charging-knows-no-sale'],
  ['domain/loyalty/a.ts', '#platform/clock', 'folder-without-rank'],
  ['platform/clock/a.ts', '#domain/money', 'platform-knows-no-business'],
  ['domain/orders/a.ts', '#adapters/stripe', 'domain-knows-no-outside'],
  ['domain/orders/b.ts', 'node:http', 'domain-touches-no-world'],
  ['domain/orders/c.ts', 'pg', 'domain-knows-no-vendor'],
  ['adapters/stripe/a.ts', '#channels/web', 'adapters-implement-ports'],
  ['adapters/stripe/b.ts', '#adapters/smtp', 'adapters-stand-alone'],
  ['channels/partner-api/a.ts', '#adapters/stripe', 'channels-are-thin-doors'],
  ['channels/partner-api/b.ts', '#channels/web', 'channels-share-only-types'],
  ['channels/diameter/a.ts', '#domain/money', 'diameter-knows-no-charging'],
  ['channels/diameter/b.ts', '#channels/web', 'diameter-knows-no-charging'],
  ['channels/web/pages/a.ts', '#domain/money', 'pages-know-types-and-messages'],
  ['channels/web/pages/b.ts', '#platform/clock', 'pages-know-types-and-messages'],
  ['simulators/provider/a.ts', '#domain/money', 'simulators-speak-sockets'],
  ['simulators/provider/c.ts', '#channels/web', 'simulators-speak-sockets'],
  ['simulators/provider/b.ts', '#adapters/stripe', 'simulators-speak-sockets'],
  ['simulators/provider/c.ts', '#channels/web', 'simulators-speak-sockets'],
  ['channels/web/c.ts', '#apps/start', 'nobody-imports-apps'],
  ['apps/a.ts', '#tests/database', 'apps-carry-no-tests'],
  ['domain/orders/d.ts', '../money/inside.ts', 'front-doors-only'],
  ['domain/orders/e.ts', '../../platform/clock/inside.ts', 'front-doors-only'],
  ['apps/b.ts', '../domain/money/inside.ts', 'front-doors-only-from-apps'],
  ['domain/rating/a.ts', '#platform/clock', 'rating-is-pure'],
  ['domain/orders/f.ts', './nowhere.ts', 'imports-resolve'],
  ['domain/orders/g.ts', '#domain/nowhere', 'imports-resolve'],
  ['platform/clock/b.ts', 'only-for-developers', 'production-needs-no-developer-packages'],
  ['platform/clock/c.ts', 'nobody-declared', 'packages-are-declared'],
];

const ALLOWED: readonly (readonly [from: string, imports: string])[] = [
  ['domain/orders/ok.ts', '#domain/lines'],
  ['domain/orders/ok-platform.ts', '#platform/clock'],
  ['domain/charging/ok.ts', '#domain/lines'],
  ['domain/money/ok.test.ts', '#tests/database'],
  ['domain/money/ok-rank.test.ts', '#domain/orders'],
  ['adapters/stripe/ok.ts', '#domain/payments'],
  ['channels/web/pages/ok.ts', '#platform/messages'],
  ['channels/partner-api/ok.ts', '#domain/orders'],
  ['channels/gy/ok.ts', '#channels/diameter'],
  ['simulators/provider/ok.ts', '#platform/clock'],
  ['simulators/provider/ok-wire.ts', '#channels/diameter'],
  ['apps/ok.ts', '#adapters/stripe'],
  ['tests/journeys/ok.ts', '../../domain/money/inside.ts'],
  ['platform/clock/ok.ts', 'pg'],
];

let violations: readonly Violation[] = [];

before(() => {
  const packages = { pg: 'dependencies', 'only-for-developers': 'devDependencies', 'nobody-declared': undefined };
  const declared: Record<string, Record<string, string>> = {};
  for (const [name, section] of Object.entries(packages)) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, '');
    if (section) declared[section] = { ...declared[section], [name]: '1.0.0' };
  }
  const imports = Object.fromEntries(IMPORTS.map((name) => [`#${name}/*`, `./${name}/*/index.ts`]));
  write('package.json', JSON.stringify({ name: 'sample', type: 'module', imports, ...declared }));
  write('tsconfig.json', JSON.stringify({ compilerOptions: { module: 'nodenext', allowImportingTsExtensions: true, noEmit: true } }));
  for (const folder of ['money', 'ledger', 'lines', 'payments', 'orders', 'charging', 'rating', 'loyalty'])
    write(`domain/${folder}/index.ts`, '');
  for (const folder of [
    'platform/clock',
    'platform/messages',
    'adapters/stripe',
    'adapters/smtp',
    'channels/web',
    'channels/partner-api',
    'channels/diameter',
  ])
    write(`${folder}/index.ts`, '');
  for (const folder of ['simulators/provider', 'apps/start', 'tests/database', 'tools/bootstrap']) write(`${folder}/index.ts`, '');
  for (const folder of ['domain/money', 'platform/clock']) write(`${folder}/inside.ts`, 'export const inside = 1;\n');
  for (const [from, imported] of [...FORBIDDEN, ...ALLOWED]) write(from, `import '${imported}';\n`);
  write('channels/web/pages/types.ts', "import type { Money } from '#domain/money';\nexport type Shown = Money;\n");
  write('channels/partner-api/types.ts', "import type { View } from '#channels/web';\nexport type Shown = View;\n");
  write(
    'channels/web/pages/both.ts',
    "import type { Money } from '#domain/money';\nimport { add } from '#domain/money';\nexport const sum: Money = add();\n",
  );
  write('platform/messages/circle-a.ts', "import './circle-b.ts';\n");
  write('platform/messages/circle-b.ts', "import './circle-a.ts';\n");
  violations = cruise();
});

function cruise(): readonly Violation[] {
  const program = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const words = ['--config', join(PROJECT, '.dependency-cruiser.mjs'), '--output-type', 'json', ...FOLDERS];
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...words], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.notEqual(stdout, '', stderr);
  return (JSON.parse(stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

for (const [from, imported, rule] of FORBIDDEN) {
  test(`${from} may not import ${imported}: ${rule}`, () => {
    const broken = violations.filter((violation) => violation.from === from).map((violation) => violation.rule.name);
    assert.ok(broken.includes(rule), `it broke: ${broken.join(', ') || 'nothing'}`);
  });
}

for (const [from, imported] of ALLOWED) {
  test(`${from} may import ${imported}`, () => {
    assert.deepEqual(
      violations.filter((violation) => violation.from === from).map((violation) => violation.rule.name),
      [],
    );
  });
}

const brokenBy = (from: string): string[] => violations.filter((each) => each.from === from).map((each) => each.rule.name);

test('pages may import types of the domain, and doors the types of each other', () => {
  assert.deepEqual(brokenBy('channels/web/pages/types.ts'), []);
  assert.deepEqual(brokenBy('channels/partner-api/types.ts'), []);
});

test('a type does not carry a value in with it', () => {
  assert.deepEqual(brokenBy('channels/web/pages/both.ts'), ['pages-know-types-and-messages']);
});

test('a circle of imports is found', () => {
  assert.ok(violations.some((violation) => violation.rule.name === 'no-circles'));
});
