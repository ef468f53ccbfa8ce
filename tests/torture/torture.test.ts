import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SHORT } from './options.ts';
import { runTorture } from './run-torture.ts';

test('renewals under kill -9 of nodes and PostgreSQL: nothing lost, doubled or stuck (L3, P1, P5, O1) [PAY-5]', async (t) => {
  const { wrong, nodes, recoveries, renewals, healed } = await runTorture(SHORT, (line) => t.diagnostic(line));
  assert.deepEqual(wrong, []);
  assert.equal(healed.settled, true);
  assert.deepEqual(
    { renewals: renewals >= SHORT.renewals, nodeKills: nodes.kills, postgresKills: recoveries.length },
    { renewals: true, nodeKills: SHORT.nodeKills, postgresKills: SHORT.postgresKills },
  );
});
