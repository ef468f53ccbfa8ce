export { TEST_CARDS } from './cards.ts';
export { type PageAct, type Paid, payOnPage } from './pay-on-page.ts';
export type { FaultKind, SimulatorOptions } from './simulator.ts';
export { type PaymentSimulator, startPaymentSimulator } from './start-simulator.ts';
