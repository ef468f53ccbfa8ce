export { type Network, openNetwork } from './open-network.ts';
export { type DemonstrationTill, forbidRealMoney, openTill } from './open-till.ts';
export { ROLES, type Role, type RunningEverline, type StartOptions, startEverline } from './start-everline.ts';
