/**
 * A declined payment in plain words, with a way forward (PAY-5). A lost or stolen card reads as `declined`: whoever holds it
 * is told no more than the bank tells.
 */
export default {
  declined: 'Your bank declined the payment; nothing was charged. Try another card, or ask your bank and try again.',
  insufficient_funds: 'The card does not have enough money; nothing was charged. Use another card, or a smaller plan or pack.',
  expired_card: 'The card has expired; nothing was charged. Use another card.',
  incorrect_cvc: 'The security code does not match; nothing was charged. Check the three or four digits on the card and try again.',
  incorrect_number: 'The card number is not right; nothing was charged. Check it and try again.',
  authentication_required:
    'Your bank wants you to confirm this payment. Pay again on the payment page and confirm there; nothing was charged.',
  authentication_failed: 'Your bank could not confirm that it was you; nothing was charged. Try again, or use another card.',
  limit_exceeded: 'The payment is above a limit of your card; nothing was charged. Use another card, or ask your bank to raise the limit.',
  processing_error: 'The payment provider had a fault; nothing was charged. Try again now.',
  method_unavailable: 'This way of paying cannot be used for this order; nothing was charged. Choose another one.',
  canceled: 'You left the payment page before paying; nothing was charged. Your order is kept: pay when you are ready.',
  expired: 'The payment page was open too long and closed; nothing was charged. Start the payment again.',
} as const;
