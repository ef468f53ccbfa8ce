export { codeFor } from './person.ts';
export { type Ended, type Environment, newHome, runEverline, type StartedEverline, startEverline } from './run-everline.ts';
export { type NamedHouse, startJourneyHouse } from './start-house.ts';
export { choose, goToPayment, openLine, useCard, waitUntilDone } from './steps.ts';
