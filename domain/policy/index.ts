export { endExpiredWatches, endWatch, notePolicyPeer } from './end-watch.ts';
export { changeWatch, openWatch } from './open-watch.ts';
export {
  lookAgain,
  POLICY_CHANNEL,
  type PolicyDoors,
  type Teller,
  type TellOutcome,
  tellDueWatchers,
  tellPolicy,
  tellWatchersOf,
} from './tell-watches.ts';
export type { CounterStatus, Statuses, Watch, WatchAnswer, WatchRequest } from './watch.ts';
