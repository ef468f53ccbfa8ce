export { type ChargingHouse, chargingHouse, DATA, type ExampleSession, exampleSession, grantOf, itemOf, MB } from './example-charging.ts';
export { ledgerOf, openScenario, type PlayedLine, type Playing, play } from './play-scenario.ts';
export { withScenarioTerms } from './scenario-terms.ts';
