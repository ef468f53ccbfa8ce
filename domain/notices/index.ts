export { applyEvent, isNoticeEvent } from './apply-event.ts';
export { type ListedNotice, listNotices, type NoticeListing, type OrderDelivery, readOrderDeliveries } from './list-notices.ts';
export type { Contacts, LineFacts, NoticeEvent, NoticeKind, NoticePayloads, OrderedItem, OrderFacts } from './notice-events.ts';
export {
  CHANNELS,
  type Channel,
  DELIVERY_LIFECYCLE,
  DELIVERY_STATES,
  type Delivery,
  type DeliveryEvent,
  type DeliveryState,
  KINDS,
  type Notice,
  type NoticeHouse,
  TOPICS,
  type Topic,
} from './notices.ts';
export { ESSENTIAL, PREFERENCES_DEFAULT, type Preferences } from './preferences.ts';
export { QUIET_HOURS, type QuietHours } from './quiet-hours.ts';
export { noticesRefusals } from './refusals.ts';
export { nextNoticeDue, RETRY_AFTER_MS, type SentReport, sendWaiting } from './send-waiting.ts';
export type { Mail, MailSender, Push, PushSender, Senders, SendOutcome, Sms, SmsSender } from './senders.ts';
export { type Preference, readPreferences, setPreference } from './set-preference.ts';
