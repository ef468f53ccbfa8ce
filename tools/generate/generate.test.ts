import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openCheckout } from '../tidy/index.ts';
import { draw, LIFECYCLES } from './draw-lifecycles.ts';
import { GENERATORS } from './generators.ts';
import { listRefusals } from './list-refusals.ts';
import { doesWhat, touches } from './list-statements.ts';
import { table } from './markdown.ts';

const checkout = openCheckout(join(import.meta.dirname, '../..'));

test('a lifecycle is drawn as state by event, and as a picture', () => {
  const [grid, picture] = draw({ open: { pay: 'paid', cancel: 'gone' }, paid: {}, gone: { pay: 'paid' } });
  assert.deepEqual(grid?.split('\n'), [
    '|  | `pay` | `cancel` |',
    '| --- | --- | --- |',
    '| `open` | paid | gone |',
    '| `paid` |  |  |',
    '| `gone` | paid |  |',
  ]);
  assert.match(picture ?? '', /open --> gone: cancel\n {2}gone --> paid: pay/);
});

test('a lifecycle without events names each by the state it leads to', () => {
  assert.match(draw({ opened: ['won'], won: [] })[1] ?? '', /opened --> won: won/);
});

test('every lifecycle that a folder shows at its front door is drawn', () => {
  const shown = checkout.folders('domain').flatMap((folder) => {
    const names = checkout.has(`domain/${folder}/index.ts`)
      ? checkout.text(`domain/${folder}/index.ts`).match(/\b(\w+_)?(LIFECYCLE|TRANSITIONS)\b/g)
      : [];
    return (names ?? []).map((name) => `${folder} ${name}`);
  });
  const drawn = Object.entries(LIFECYCLES).flatMap(([folder, lifecycles]) => Object.keys(lifecycles).map((name) => `${folder} ${name}`));
  assert.deepEqual(drawn.sort(), shown.sort());
});

test('every folder that declares refusals has them listed', async () => {
  const page = await listRefusals();
  const declaring = checkout.paths.flatMap(
    (path) => /^(?:domain|platform|adapters|channels)\/([^/]+)\/refusals\.ts$/.exec(path)?.[1] ?? [],
  );
  assert.deepEqual(
    declaring.filter((folder) => !page.includes(`\n## ${folder}\n`)),
    [],
  );
});

test('a statement is told by what it does and what it touches', () => {
  assert.equal(doesWhat('select 1 from x.y where a = 1 for update'), 'locks');
  assert.equal(doesWhat('with gone as (delete from x.y returning a) insert into x.z select a from gone'), 'insert, delete');
  assert.deepEqual([doesWhat('copy x.y (a) from stdin'), touches('copy x.y (a) from stdin')], ['copy', 'x.y']);
  assert.equal(touches('insert into x.y (a) select a from x.series(1) join x.z using (a)'), 'x.y, x.z');
});

test('a bar in a cell does not end it', () => {
  assert.equal(table(['a'], [['one | two\nthree']]), '| a |\n| --- |\n| one \\| two three |');
});

test('every generated file has one generator, which writes the same twice', async () => {
  assert.equal(new Set(GENERATORS.map(({ path }) => path)).size, GENERATORS.length);
  for (const { path, make } of GENERATORS) assert.equal(await make(), await make(), path);
});
