export type { LineUseCases } from './line-use-cases.ts';
export type * from './line-views.ts';
export { mountWeb, type WebOptions } from './mount.ts';
export type { PersonUseCases } from './person-use-cases.ts';
export type * from './person-views.ts';
export type { Asker, Choice, DemonstrationUseCases, PlaceRequest, SelfCareUseCases, SignedInAsker } from './use-cases.ts';
export type * from './views.ts';
