export { createServer, type Door, type HttpServer, type ServerOptions } from './create-server.ts';
export { nameSource, networkOf } from './name-source.ts';
export { languageOf, type Problem, type ProblemError, type ProblemOptions, problemOf, sendProblem } from './problem.ts';
export { createDirectCheck, createSourceReader } from './read-source.ts';
export type { SchemaTypes } from './type-provider.ts';
