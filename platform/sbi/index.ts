export { createSbiClient, type SbiCall, type SbiClient, type SbiOutcome } from './client.ts';
export { type InvalidParam, invalidBody, type ProblemDetails, problem } from './problem.ts';
export type { RouteSet, SbiAnswer, SbiCaller, SbiMethod, SbiRequest, SbiRoute } from './route-set.ts';
export { type CheckToken, type SbiListenAddress, type SbiOptions, type SbiServer, serveSbi } from './serve-sbi.ts';
