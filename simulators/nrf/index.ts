export { NRF_USAGE, NrfWordsTrouble, runNrf } from './run-nrf.ts';
export { type NrfSimulator, startNrf } from './start-nrf.ts';
