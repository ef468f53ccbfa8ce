export { type BenchOptions, benchRenew, type RenewBench } from './bench-renew.ts';
