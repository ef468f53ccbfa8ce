export { benchCharge, type ChargeBench, type ChargeBenchOptions } from './bench-charge.ts';
export { benchGy, type GyBench } from './bench-gy.ts';
export { benchPages, type PagesBench } from './bench-pages.ts';
export { type BenchOptions, benchRenew, type RenewBench } from './bench-renew.ts';
export { benchRestore, type RestoreBench } from './bench-restore.ts';
export { benchScale, type ScaleBench } from './bench-scale.ts';
