export {
  APPLY_EVENT,
  applyOnce,
  applyWaiting,
  type Consumer,
  countWaiting,
  type EventKey,
  markOnce,
  readJobPayload,
  relayAgain,
  relayEvents,
} from './relay-events.ts';
export { type OutboxEvent, writeEvents } from './write-events.ts';
