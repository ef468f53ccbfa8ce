/** The program as people run it, whose database is killed: it answers all the while, and is itself again without help. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { present } from '#platform/assert';
import { findPostgres } from '#platform/postgres';
import { newHome, startEverline } from '#tests/journeys';
import { killTree } from './kill-tree.ts';

const NO_PROC = existsSync('/proc/self/stat') ? false : 'the children of a process are found in /proc';
/** An answer takes as long as five tries of a transaction; nobody waits longer. */
const ANSWER_MS_MAX = 10_000;
const RECOVERED_MS_MAX = 60_000;

type Answer = { readonly status: number; readonly text: string };

async function ask(url: string): Promise<Answer> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS_MAX), redirect: 'manual' });
  return { status: answer.status, text: await answer.text() };
}

test('a killed PostgreSQL is started again, and until then the API says 503 and pages say what to do [PAY-5]', {
  skip: NO_PROC,
}, async (t) => {
  const home = newHome();
  t.after(() => home.remove());
  const everline = await startEverline({ EVERLINE_HOME: home.path, PORT: '0' }, ['--lines', '3']);
  t.after(() => everline.stop());
  const url = new URL(everline.addresses['self-care'] ?? '').origin;
  // A look at the database that finds nothing: a demonstration this small has not this line.
  const doors = { api: `${url}/api/v1/line?number=%2B12065550199`, page: `${url}/`, health: `${url}/healthz` };
  const askAll = () => Promise.all([ask(doors.api), ask(doors.page), ask(doors.health)]);
  const good = (answers: readonly Answer[]) => answers.map(({ status }) => status).join() === '404,200,200';
  assert.ok(good(await askAll()));
  const server = present(findPostgres(home.path), 'it runs');
  const killedAt = performance.now();
  killTree(server.pid);
  let wasAway = false;
  for (let answers = await askAll(); !good(answers); answers = await askAll()) {
    const [api, page, health] = answers;
    wasAway ||= api?.status === 503;
    if (api?.status !== 404) assert.match(`${api?.status} ${api?.text}`, /^503 .*http\.unavailable/s);
    if (page?.status !== 200)
      assert.match(`${page?.status} ${page?.text.replace(/<style>.*?<\/style>/s, '')}`, /^500 .*Nothing (is|has been) charged twice/s);
    assert.ok(health?.status === 200 || health?.status === 503);
    assert.ok(performance.now() - killedAt < RECOVERED_MS_MAX, 'it recovers by itself');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.ok(wasAway, 'while the database is away the API says so');
  assert.notEqual(findPostgres(home.path)?.pid, server.pid);
});
