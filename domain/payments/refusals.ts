import { declareRefusals } from '#platform/refusals';

export const { catalogue: paymentsRefusals, refuse } = declareRefusals({
  'payments.key_reused': {
    status: 409,
    operator: 'This idempotency key was used in the same intent for an attempt or refund with other content.',
  },
  'payments.attempt_open': { status: 409, operator: 'Another attempt for this order is still open and was not to be superseded.' },
  'payments.already_paid': { status: 409, operator: 'An attempt for this order has captured its amount already.' },
  'payments.saved_method_unknown': { status: 404, operator: 'The saved payment method is not one of this person, or was removed.' },
  'payments.refund_exceeds_captured': { status: 409, operator: 'Refunds and disputes together would exceed what was captured (P3).' },
  'payments.nothing_captured': { status: 409, operator: 'Nothing was captured by this attempt, so nothing can be refunded.' },
  'payments.event_forged': { status: 400, operator: 'The webhook is not signed with our secret; check the signing secret.' },
  'payments.event_expired': { status: 400, operator: "The webhook's signature is older than 300 s; check the clock of this machine." },
  'payments.event_unreadable': { status: 400, operator: 'The webhook is signed by the provider but its body is not one we can read.' },
});
