export { createTokenChecker, type TokenTerms } from './check-token.ts';
export { createSbiClient, type SbiCall, type SbiClient, type SbiOutcome } from './client.ts';
export { instanceIdOf, type NfFacts } from './nf-profile.ts';
export { type InvalidParam, invalidBody, type ProblemDetails, problem } from './problem.ts';
export { type NrfOptions, type NrfRegistration, registerAtNrf } from './register-at-nrf.ts';
export type { RouteSet, SbiAnswer, SbiCaller, SbiMethod, SbiRequest, SbiRoute } from './route-set.ts';
export { type CheckToken, type SbiListenAddress, type SbiOptions, type SbiServer, serveSbi } from './serve-sbi.ts';
