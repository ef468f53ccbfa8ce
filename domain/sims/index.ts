export type { Sim } from './sims.ts';
export { linkSim, type StockSimRefusal, simOfLine, stockSim, useActivationCode } from './stock-sim.ts';
