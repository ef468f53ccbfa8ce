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
export { confirmByNetwork, type NetworkAnswer } from './confirm-change.ts';
export { countShares } from './count-shares.ts';
export { type ChargingEngine, createChargingEngine, type EngineOptions } from './create-engine.ts';
export { dropOldDays } from './drop-days.ts';
export {
  createEmergencyEngine,
  type EmergencyEngine,
  type EmergencyFigures,
  type EmergencyLimits,
  type EmergencyOptions,
  type KeptEntry,
} from './emergency/index.ts';
export { type EndedSession, endSessionsOfLine, endSessionsOfPeer, endSilentSessions, noteOriginState } from './end-sessions.ts';
export { type Enquiry, enquireCharge } from './enquire-charge.ts';
export { isReachable } from './is-reachable.ts';
export { listPeers, type NetworkPeer, type PeerChange, type PeerToSave, removePeer, savePeer } from './keep-peers.ts';
export { nameReference, replacedBy } from './name-reference.ts';
export { countDifferences } from './note-difference.ts';
export { type PeerProfile, PROFILES } from './profiles.ts';
export { type ChargePlace, dataByDay, type LineCharge, pageOfCharges, readCharges, type UsedDay, usedByDay } from './read-charges.ts';
export { countOpenSessions, type Losses, type OpenCount, readLosses } from './read-figures.ts';
export { type OpenSession, openSessionsOfLine } from './read-sessions.ts';
export { reconcileChargingOfAll, reconcileSharesOfAll, type UnreconciledCharging, type UnreconciledShare } from './reconcile-charging.ts';
export { type ChargingResult, RESULTS } from './results.ts';
export { readEndedSession, SESSION_ENDED_CHANNEL } from './tell-ended.ts';
export { ACCOUNT_CHANNEL, createTeller, sessionsToAsk, tellNodes } from './tell-network.ts';
