export { type Ended, type Environment, newHome, runEverline, type StartedEverline, startEverline } from './run-everline.ts';
export { startJourneyHouse } from './start-house.ts';
