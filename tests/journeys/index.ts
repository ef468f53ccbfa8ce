export { guest, guestIn } from './guest.ts';
export { startJourneyHouse } from './house.ts';
export { BOOTSTRAP, type Ended, newHome, runEverline, type StartedEverline, startEverline } from './run-everline.ts';
