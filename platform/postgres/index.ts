export { assertMoneySafe, type Check, type CheckOptions, checkServer } from './check-server.ts';
export { stopLeftBehind } from './end-orphan.ts';
export { type FoundPostgres, findPostgres } from './find-postgres.ts';
export { type KeptPostgres, keepPostgres } from './keep-postgres.ts';
export { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres.ts';
export { PostgresTrouble, type TroubleCode } from './trouble.ts';
