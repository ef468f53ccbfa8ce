export { ACTIONS, type Action, ALLOWED, type Asker, actorOf, type Standing } from './access.ts';
export { allowedAccounts, requireAccess, standingsOf } from './decide-access.ts';
export { type LookUpRefusal, lookUpNumber } from './look-up-number.ts';
export { accessRefusals } from './refusals.ts';
export { forgetLookUps, LOOK_UP_LIMITS, type LookUpLimits, spendLookUp } from './spend-look-up.ts';
