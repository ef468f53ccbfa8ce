export { createEmergencyEngine, type EmergencyEngine, type EmergencyFigures, type EmergencyOptions } from './create-emergency-engine.ts';
export type { EmergencyLimits, KeptEntry } from './emergency.ts';
