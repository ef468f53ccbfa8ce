/**
 * The ports: one for each channel, implemented in adapters. A sender is given one notice at a time and says how it went; it
 * never retries by itself. `noticeId` is the same at every try, for receivers that can tell a repetition.
 */
import type { Language } from '#platform/messages';

export type Mail = {
  readonly noticeId: bigint;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly language: Language;
  /** Business time of what it tells. */
  readonly at: Date;
};
export type Sms = { readonly noticeId: bigint; readonly to: string; readonly text: string };
export type Push = { readonly noticeId: bigint; readonly to: string; readonly title: string; readonly body: string; readonly url: string };

export type SendOutcome =
  /** Taken over by the next one on the way; `answer` is what it said. */
  | { readonly kind: 'sent'; readonly answer: string }
  /** Not now: tried again later. */
  | { readonly kind: 'not_now'; readonly answer: string }
  /** Never: no such address, content not wanted. */
  | { readonly kind: 'never'; readonly answer: string };

export type MailSender = { send(mail: Mail): Promise<SendOutcome> };
export type SmsSender = { send(sms: Sms): Promise<SendOutcome> };
export type PushSender = { send(push: Push): Promise<SendOutcome> };

/** A channel without a sender keeps its notices: they stand in the outbox page only. */
export type Senders = {
  readonly mail?: MailSender | undefined;
  readonly sms?: SmsSender | undefined;
  readonly push?: PushSender | undefined;
};
