export type {
  AnsweredItem,
  AskedItem,
  ChargingAnswer,
  ChargingRequest,
  GrantReason,
  Operation,
  RecordedItem,
  ServiceKind,
} from './charging.ts';
export { type ChargingEngine, createChargingEngine, type EngineOptions } from './create-engine.ts';
export { type PeerProfile, PROFILES } from './profiles.ts';
export { reconcileCharging, reconcileChargingOfAll, type UnreconciledCharging } from './reconcile-charging.ts';
export { type ChargingResult, RESULTS } from './results.ts';
