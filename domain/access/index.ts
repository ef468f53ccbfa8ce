export { type Action, ALLOWED, type Asker, actorOf, type Standing } from './access.ts';
export { allowedAccounts, requireAccess, requireStanding, standingsOf } from './decide-access.ts';
export { type LookUpRefusal, lookUpNumber } from './look-up-number.ts';
export { forgetLookUps, LOOK_UP_LIMITS, type LookUpLimits } from './spend-look-up.ts';
