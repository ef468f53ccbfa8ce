/** Reads charge-scenarios.txt; how a scenario is written stands at its top. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { present } from '#platform/assert';

export type ScenarioSetting = {
  /** Plans of the account's lines, and what each was topped up by. */
  readonly lines: readonly { readonly plan: string; readonly topUp?: bigint }[];
  readonly market: 'US' | 'JP' | 'KW';
  readonly peer: 'standard' | 'open5gs';
  /** The door names a page where one buys. */
  readonly leadsToPage?: boolean;
};
export type Step = { readonly step: string; readonly answer: string };
export type Scenario = ScenarioSetting & {
  readonly rule: string;
  readonly before: string;
  readonly steps: readonly Step[];
  readonly after: string;
};

export function readScenarios(): Scenario[] {
  const text = readFileSync(join(import.meta.dirname, 'charge-scenarios.txt'), 'utf8');
  return text
    .split('\n\n')
    .filter((block) => block.includes('\n  on '))
    .map(readScenario);
}

function readScenario(block: string): Scenario {
  const [rule = '', ...rows] = block.trim().split('\n');
  const steps = rows.map((row) => {
    const [step = '', answer = ''] = row.split('→');
    return { step: step.trim(), answer: answer.trim() };
  });
  const on = present(steps[0], 'a scenario says what is owned');
  const leaves = present(steps.at(-1), 'a scenario says what it leaves');
  return { rule, ...readSetting(on.step), before: on.answer, steps: steps.slice(1, -1), after: leaves.answer };
}

const SETTING = /^on (.+?)(?: in (JP|KW))?(?: by (open5gs))?( with a page)?$/;

function readSetting(text: string): ScenarioSetting {
  const [, owned = '', market = 'US', peer = 'standard', page] = present(SETTING.exec(text), `not a setting: ${text}`);
  const lines = owned.split(' + ').map((one) => {
    const [plan = '', amount] = one.split(' ');
    return { plan, ...(amount === undefined ? {} : { topUp: BigInt(amount) }) };
  });
  return { lines, market: market as ScenarioSetting['market'], peer: peer as ScenarioSetting['peer'], leadsToPage: page !== undefined };
}
