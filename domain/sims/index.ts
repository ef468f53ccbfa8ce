export type { Sim } from './sims.ts';
export { linkSim, type StockSimRefusal, stockSim } from './stock-sim.ts';
