export { newHome, startEverline } from './run-everline.ts';
export { startJourneyHouse } from './start-house.ts';
