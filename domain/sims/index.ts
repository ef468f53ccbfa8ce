export { simsRefusals } from './refusals.ts';
export type { Sim } from './sims.ts';
export { linkSim, simOfLine, type StockSimRefusal, stockSim } from './stock-sim.ts';
