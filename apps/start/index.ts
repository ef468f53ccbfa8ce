export { ROLES, type Role, type RunningEverline, type StartOptions, startEverline } from './start-everline.ts';
