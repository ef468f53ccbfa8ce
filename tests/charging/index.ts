export type { PlayedLine, Playing } from './ask-scenario.ts';
export { type ChargingHouse, chargingHouse, DATA, type ExampleSession, exampleSession, grantOf, itemOf, MB } from './example-charging.ts';
export { ledgerOf, openScenario, play } from './play-scenario.ts';
export { withScenarioTerms } from './scenario-terms.ts';
