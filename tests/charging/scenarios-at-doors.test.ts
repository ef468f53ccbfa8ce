/**
 * The table of reservation arithmetic once more, asked by peers over their sockets: what they are told, and the ledger before and after, are
 * the same. What a door cannot say is counted here by its reason, so that a new row is either played over it or seen to be left out.
 */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { gyAsker } from './ask-by-gy.ts';
import { nchfAsker } from './ask-by-nchf.ts';
import type { Charge } from './ask-scenario.ts';
import { type ChargingHouse, chargingHouse } from './example-charging.ts';
import { ledgerOf, openScenario, play } from './play-scenario.ts';
import { readScenarios, type Scenario } from './read-scenarios.ts';
import { withScenarioTerms } from './scenario-terms.ts';

type Unsayable = { readonly why: string; readonly isIt: (scenario: Scenario) => boolean };

const steps = (pattern: RegExp) => (scenario: Scenario) => scenario.steps.some(({ step }) => pattern.test(step));

const MORE_AFTER: Unsayable = { why: 'what came after a change of tariff is a part of what is reported', isIt: steps(/=4\+9$/) };

async function playAll(
  t: TestContext,
  asker: (t: TestContext, house: ChargingHouse) => Promise<Charge>,
  unsayable: readonly Unsayable[],
): Promise<Record<string, number>> {
  const house = await chargingHouse(t, {}, withScenarioTerms);
  const charge = await asker(t, house);
  const left = new Map<string, number>();
  let played = 0;
  for (const scenario of readScenarios()) {
    const why = unsayable.find(({ isIt }) => isIt(scenario))?.why;
    if (why !== undefined) {
      left.set(why, (left.get(why) ?? 0) + 1);
      t.diagnostic(`not over this door (${why}): ${scenario.rule}`);
      continue;
    }
    played += 1;
    await t.test(scenario.rule, async () => {
      const playing = await openScenario(house, scenario, charge);
      assert.equal(await ledgerOf(playing), scenario.before, 'owned before');
      for (const { step, answer } of scenario.steps) assert.equal(heard(await play(playing, step)), heard(answer), step);
      assert.equal(await ledgerOf(playing), scenario.after, 'what it leaves');
    });
  }
  await house.end();
  return { played, ...Object.fromEntries(left) };
}

/**
 * What a peer can hear of an answer: no speed, which is for a policy door to tell; nothing of groups that are done with; and of a
 * refusal no more than that it is one.
 */
function heard(answer: string): string {
  const groups = answer.split(', ').map((group) => group.replace(' slow', '').replace(/^([a-z_]{4,}) final$/, '$1'));
  return groups.every((group) => group === '-') ? 'success' : groups.join(', ');
}

test('reservation arithmetic, case by case, asked over Gy (G1, G3, G4, G6, L9) [LIFE-1, LIFE-4, BUY-1, BUY-6]', async (t) => {
  assert.deepEqual(await playAll(t, gyAsker, [MORE_AFTER]), { played: 179, [MORE_AFTER.why]: 1 });
});

const CALLS: Unsayable = { why: 'calls and messages are not charged over Nchf here', isIt: steps(/^\S+ (call|text|dial) /) };
const REFUNDS: Unsayable = { why: 'Nchf takes no event back', isIt: steps(/^\S+ refund\b/) };
const NOWHERE: Unsayable = { why: 'a network has a country and a number', isIt: steps(/ in:\d{1,4}$/) };
/** By the standard the same beginning gets the same reference while its session is open (reliability.md of the plan, G1). */
const ENDED: Unsayable = {
  why: 'a consumer does not name its sessions: once one is over, the same beginning is another',
  isIt: beginsEnded,
};

/** A session begins twice, or is begun again after it was refused. */
function beginsEnded({ steps: asked }: Scenario): boolean {
  const begun = asked.filter(({ step }) => / begin\b/.test(step));
  const isRefused = ({ answer }: Scenario['steps'][number]) => answer === 'credit_limit_reached';
  const named = begun.map(({ step }) => step.split(' ')[0]);
  const refused = begun.filter(isRefused).map(({ step }) => `${step.split(' ')[0]} again`);
  return new Set(named).size < named.length || asked.some(({ step }) => refused.includes(step));
}

test('reservation arithmetic, case by case, asked over Nchf (G1, G3, G4, G6, L9) [LIFE-1, LIFE-4, BUY-1, BUY-6]', async (t) => {
  const left = { [CALLS.why]: 28, [REFUNDS.why]: 2, [MORE_AFTER.why]: 1, [ENDED.why]: 2, [NOWHERE.why]: 1 };
  assert.deepEqual(await playAll(t, nchfAsker, [MORE_AFTER, CALLS, REFUNDS, ENDED, NOWHERE]), { played: 146, ...left });
});
