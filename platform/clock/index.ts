export * from './clock.ts';
export { type DueSource, followClock, moveClock, syncClock } from './move-clock.ts';
