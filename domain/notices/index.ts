export { applyEvent, isNoticeEvent } from './apply-event.ts';
export { fillCode } from './fill-code.ts';
export { type ListedNotice, listNotices, type NoticeListing, type OrderDelivery, readOrderDeliveries } from './list-notices.ts';
export type {
  Contacts,
  LineFacts,
  NoticeEvent,
  NoticeKind,
  NoticePayloads,
  OrderedItem,
  OrderFacts,
  PersonNoticeEvent,
} from './notice-events.ts';
export {
  type Channel,
  DELIVERY_LIFECYCLE,
  type Delivery,
  type DeliveryEvent,
  type DeliveryState,
  type Notice,
  type NoticeHouse,
  type Topic,
} from './notices.ts';
export type { Preferences } from './preferences.ts';
export { nextNoticeDue, RETRY_AFTER_MS, type SentReport, sendWaiting } from './send-waiting.ts';
export type { Mail, MailSender, Push, PushSender, Senders, SendOutcome, Sms, SmsSender } from './senders.ts';
export { type Preference, readPersonPreferences, readPreferences, setPersonPreference, setPreference } from './set-preference.ts';
export { waitUntilTold } from './wait-until-told.ts';
