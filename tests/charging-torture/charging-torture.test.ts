import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SHORT } from './options.ts';
import { runChargingTorture } from './run-charging-torture.ts';

test('charging under kill -9 of nodes and PostgreSQL, asked twice at two nodes: nothing lost, doubled or stuck (G1-G8, L4, L9)', async (t) => {
  const { wrong, nodes, postgresAwayMs, requests, counts, askedAgain } = await runChargingTorture(SHORT, (line) => t.diagnostic(line));
  assert.deepEqual(wrong.slice(0, 20), []);
  assert.deepEqual(
    { requests: requests >= SHORT.requests, nodeKills: nodes.kills, postgresKills: postgresAwayMs.length, askedAgain: askedAgain > 0 },
    { requests: true, nodeKills: SHORT.nodeKills, postgresKills: SHORT.postgresKills, askedAgain: true },
  );
  assert.ok(counts.onAnother > 0 && counts.flagged > 0, 'repeats reach the other node, with the T flag and without');
});
