/**
 * Stripe's decline and error codes (docs.stripe.com/declines/codes, docs.stripe.com/error-codes) in our words. What is
 * not listed is `generic`: banks often give no reason.
 */
import type { DeclineReason } from '#domain/payments';

const REASONS: Readonly<Record<DeclineReason, readonly string[]>> = {
  insufficient_funds: ['insufficient_funds'],
  expired_card: ['expired_card', 'invalid_expiry_month', 'invalid_expiry_year', 'expired_payment_method'],
  lost_or_stolen: ['lost_card', 'stolen_card', 'pickup_card', 'restricted_card'],
  do_not_honour: [
    'do_not_honor',
    'call_issuer',
    'no_action_taken',
    'not_permitted',
    'refer_to_customer',
    'transaction_not_allowed',
    'revocation_of_all_authorizations',
    'revocation_of_authorization',
    'security_violation',
    'service_not_allowed',
    'stop_payment_order',
  ],
  authentication_failed: [
    'payment_intent_authentication_failure',
    'authentication_failure',
    'setup_intent_authentication_failure',
    'payment_method_customer_decline',
    'three_d_secure_authentication_upstream_error',
  ],
  authentication_required: [
    'authentication_required',
    'authentication_not_handled',
    'approve_with_id',
    'offline_pin_required',
    'online_or_offline_pin_required',
    'payment_intent_action_required',
  ],
  limit_exceeded: [
    'card_velocity_exceeded',
    'withdrawal_count_limit_exceeded',
    'charge_exceeds_source_limit',
    'charge_exceeds_transaction_limit',
    'card_decline_rate_limit_exceeded',
    'amount_too_large',
    'pin_try_exceeded',
  ],
  incorrect_details: [
    'incorrect_cvc',
    'incorrect_number',
    'incorrect_pin',
    'incorrect_zip',
    'incorrect_address',
    'incorrect_postal_code',
    'invalid_account',
    'invalid_cvc',
    'invalid_number',
    'invalid_pin',
    'invalid_amount',
  ],
  method_not_supported: [
    'card_not_supported',
    'currency_not_supported',
    'payment_method_currency_mismatch',
    'payment_method_not_available',
    'payment_method_unactivated',
    'invalid_card_type',
    'three_d_secure_authentication_not_supported',
  ],
  method_removed: [
    'resource_missing',
    'payment_method_unexpected_state',
    'new_account_information_available',
    'account_closed',
    'debit_not_authorized',
  ],
  suspected_fraud: [
    'fraudulent',
    'merchant_blacklist',
    'highest_risk_level',
    'request_blocked',
    'duplicate_transaction',
    'testmode_decline',
    'live_mode_test_card',
  ],
  try_again: [
    'try_again_later',
    'processing_error',
    'reenter_transaction',
    'issuer_not_available',
    'approve_with_id',
    'payment_method_provider_timeout',
  ],
  generic: ['generic_decline', 'card_declined', 'payment_method_provider_decline', 'payment_intent_payment_attempt_failed'],
};

const byCode = new Map(Object.entries(REASONS).flatMap(([reason, codes]) => codes.map((code) => [code, reason as DeclineReason])));

/** The more exact decline code first, then the error code. */
export function nameDecline(error: { readonly code?: string | undefined; readonly decline_code?: string | undefined }): DeclineReason {
  return byCode.get(error.decline_code ?? '') ?? byCode.get(error.code ?? '') ?? 'generic';
}
