export { type Ended, newHome, type StartedEverline, startEverline } from './run-everline.ts';
export { startJourneyHouse } from './start-house.ts';
