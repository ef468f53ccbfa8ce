export { APPLY_EVENT, applyOnce, type Consumer, consumes, type EventKey, readJobPayload, relayEvents } from './relay-events.ts';
export { type OutboxEvent, writeEvents } from './write-events.ts';
