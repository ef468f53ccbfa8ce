export { judge } from './judge.ts';
export { type ChargingModel, createModel } from './keep-model.ts';
export type { TorturedLine } from './open-lines.ts';
