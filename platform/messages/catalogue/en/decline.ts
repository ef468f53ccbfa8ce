/**
 * A declined payment in plain words, with a way forward (PAY-5). A lost, stolen or suspect card reads as `generic`: whoever holds it
 * is told no more than the bank tells.
 */
export default {
  // What payments.DECLINE_REASONS name.
  generic: 'Your bank declined the payment; nothing was charged. Try another card, or ask your bank and try again.',
  do_not_honour: 'Your bank declined the payment; nothing was charged. Try another card, or ask your bank and try again.',
  lost_or_stolen: 'Your bank declined the payment; nothing was charged. Try another card, or ask your bank and try again.',
  suspected_fraud: 'Your bank declined the payment; nothing was charged. Try another card, or ask your bank and try again.',
  insufficient_funds: 'The card does not have enough money; nothing was charged. Use another card, or a smaller plan or pack.',
  expired_card: 'The card has expired; nothing was charged. Use another card.',
  incorrect_details:
    'Something about the card does not match; nothing was charged. Check its number, date and security code, and try again.',
  authentication_required:
    'Your bank wants you to confirm this payment. Pay again on the payment page and confirm there; nothing was charged.',
  authentication_failed: 'Your bank could not confirm that it was you; nothing was charged. Try again, or use another card.',
  limit_exceeded: 'The payment is above a limit of your card; nothing was charged. Use another card, or ask your bank to raise the limit.',
  method_not_supported: 'This way of paying cannot be used for this order; nothing was charged. Choose another one.',
  method_removed: 'This saved way to pay was removed; nothing was charged. Choose another one.',
  try_again: 'The payment provider had a fault; nothing was charged. Try again now.',
  // How a payment page ended without money.
  page_left: 'You left the payment page before paying; nothing was charged. Your order is kept: pay when you are ready.',
  page_expired: 'The payment page was open too long and closed; nothing was charged. Start the payment again.',
} as const;
