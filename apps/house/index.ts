export {
  applyJob,
  buildHouse,
  consumersOf,
  drainOutbox,
  type House,
  type HouseOptions,
  reconcile,
  reconcileCharging,
  runJanitor,
} from './build-house.ts';
export { hostParts, type OpenHouse, type OpenOptions, openHouse, UnsafeDatabase } from './open-house.ts';
export { forgetRunning, type Running, readRunning, writeRunning } from './running.ts';
