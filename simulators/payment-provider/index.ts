export { type Manner, TEST_CARDS, type TestCard } from './cards.ts';
export { type PageAct, type Paid, payOnPage } from './pay-on-page.ts';
export type { Fault, FaultKind, SimulatorOptions } from './simulator.ts';
export { type PaymentSimulator, startPaymentSimulator } from './start-simulator.ts';
