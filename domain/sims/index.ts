export type { Sim } from './sims.ts';
export { lineOfImsi, linkSim, moveSim, type StockSimRefusal, simOfLine, stockSim, useActivationCode } from './stock-sim.ts';
