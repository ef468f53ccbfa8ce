export { askDisputes, claimDisputeAsking, putOffDisputeAsking } from './ask-disputes.ts';
export { detachMethod, forgetSavedMethod, listSavedMethods, removeSavedMethod } from './keep-saved-methods.ts';
export { againKey, listPaymentTroubles, type PaymentTrouble } from './list-troubles.ts';
export { openIntent } from './open-intent.ts';
export {
  type Attempt,
  type AttemptState,
  type Dispute,
  type Intent,
  isLive,
  type Refund,
  type RefundState,
  refundable,
  type SavedMethod,
} from './payment.ts';
export {
  type AttemptRequest,
  type ChargeRequest,
  DECLINE_REASONS,
  type DeclineReason,
  type DisputeList,
  type DisputeNews,
  type DisputeState,
  type EventFlaw,
  type Handles,
  type ListedDispute,
  type LookUpOutcome,
  type LookUpRefundOutcome,
  type MethodUsed,
  type Outcome,
  PAYMENT_CHOICES,
  type PageContext,
  type PageItem,
  type PageRequest,
  type PaymentChoice,
  type PaymentProvider,
  type ProviderEvent,
  type Providers,
  type RefundOutcome,
  type RefundRequest,
} from './provider.ts';
export { attemptsDueForAsking, attemptsOfOrder, findAttempt, lockAttempt, readAttempt } from './read-attempt.ts';
export { DISPUTE_TRANSITIONS, type DisputeChange, readDispute, recordDispute } from './record-dispute.ts';
export { recordOutcome } from './record-outcome.ts';
export { recordRefundOutcome } from './record-refund-outcome.ts';
export { nextAskAt } from './schedule-asking.ts';
export { askOutcome, closeAttempt, sendAttempt } from './send-attempt.ts';
export { askRefund, pursueRefund } from './send-refund.ts';
export {
  type AttemptMethod,
  type AttemptStart,
  type Payer,
  readPayer,
  type StartAttemptRefusal,
  startAttempt,
  startFirstAttempt,
} from './start-attempt.ts';
export { findRefund, readRefund, refundsDue, refundsOfOrder, type StartRefundRefusal, startRefund } from './start-refund.ts';
export { ATTEMPT_TRANSITIONS, REFUND_TRANSITIONS } from './transitions.ts';
export { claimEvent, type VerifiedEvent, verifyEvent } from './verify-event.ts';
