export type { Sim } from './sims.ts';
export { linkSim, type StockSimRefusal, stockSim, useActivationCode } from './stock-sim.ts';
