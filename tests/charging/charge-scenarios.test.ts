import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chargingHouse } from './example-charging.ts';
import { ledgerOf, openScenario, play } from './play-scenario.ts';
import { readScenarios } from './read-scenarios.ts';
import { withScenarioTerms } from './scenario-terms.ts';

test('reservation arithmetic, case by case (G1, G3, G4, G6, L9) [LIFE-1, LIFE-4, BUY-1, BUY-6]', async (t) => {
  const house = await chargingHouse(t, {}, withScenarioTerms);
  const scenarios = readScenarios();
  assert.ok(scenarios.length >= 80, 'all scenarios were read');
  for (const scenario of scenarios) {
    await t.test(scenario.rule, async () => {
      const playing = await openScenario(house, scenario);
      assert.equal(await ledgerOf(playing), scenario.before, 'owned before');
      for (const { step, answer } of scenario.steps) assert.equal(await play(playing, step), answer, step);
      assert.equal(await ledgerOf(playing), scenario.after, 'what it leaves');
    });
  }
  await house.end();
});
