export type { Sim } from './sims.ts';
export { lineOfImsi, linkSim, type StockSimRefusal, simOfLine, stockSim, useActivationCode } from './stock-sim.ts';
