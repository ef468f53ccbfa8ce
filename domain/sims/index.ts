export { simsRefusals } from './refusals.ts';
export type { Sim } from './sims.ts';
export { linkSim, type StockSimRefusal, simOfLine, stockSim } from './stock-sim.ts';
