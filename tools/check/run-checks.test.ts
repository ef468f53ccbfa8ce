import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CHECKS, ROOT } from './checks.ts';
import { runChecks } from './run-checks.ts';

test('every step of every check is a program that is there', () => {
  const programs = CHECKS.flatMap(({ steps }) => steps.map(([program = '']) => program));
  assert.deepEqual(
    programs.filter((program) => !existsSync(join(ROOT, program))),
    [],
  );
});

test('a check that does not exist is told, with those that do', async () => {
  await assert.rejects(runChecks({ names: ['spelling'] }), /no check is called spelling; there are pages, types/);
});

test('a check that is stopped has not passed', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  const said: string[] = [];
  const report = await runChecks({ names: ['types'], signal: stop.signal, print: (line) => said.push(line) });
  assert.deepEqual(report, { passed: 0, failed: 1 });
  assert.match(said.join('\n'), /✖ types/);
});
