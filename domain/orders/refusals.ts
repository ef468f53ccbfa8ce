import { declareRefusals } from '#platform/refusals';

export const { catalogue: ordersRefusals, refuse } = declareRefusals({
  'orders.nothing_chosen': { status: 422, operator: 'A quote needs at least one item and at most five.' },
  'orders.two_plans': { status: 422, operator: 'One order renews, changes or queues at most one plan.' },
  'orders.no_plan': { status: 409, operator: 'The line has no plan to renew; choose one.' },
  'orders.not_on_sale': { status: 404, operator: 'The product is not on sale in the market of the line.' },
  'orders.amount_outside_limits': { status: 422, operator: 'The top-up amount is outside the limits of the market.' },
  'orders.amount_not_chargeable': { status: 422, operator: 'The provider charges only multiples of its step in this currency.' },
  'orders.quote_unknown': { status: 404, operator: 'No quote has this link, or it was forgotten after it expired.' },
  'orders.quote_expired': { status: 410, operator: 'The quote is older than its life; prices are quoted anew.' },
  'orders.quote_used': { status: 409, operator: 'The quote was ordered already, in another way than is asked now.' },
  'orders.key_reused': { status: 409, operator: 'The idempotency key came before with other content.' },
  'orders.number_moved': { status: 409, operator: 'The number belongs to another line than when it was quoted.' },
  'orders.terms_not_accepted': { status: 422, operator: 'The version of the terms that was accepted is not the one in force.' },
  'orders.tender_not_offered': { status: 422, operator: 'The way to pay is not one the market offers for this order.' },
  'orders.not_found': { status: 404, operator: 'No order has this link or id.' },
  'orders.not_open': { status: 409, operator: 'The order is paid, cancelled or refunded: it cannot be paid or cancelled now.' },
  'orders.cannot_take_effect': {
    status: 409,
    operator: 'The order can take no effect any more: the line or its number is gone, or the held balance is.',
  },
  'orders.not_refundable': { status: 409, operator: 'Only an order that took effect can be refunded, up to what is left of it.' },
  'orders.value_used': { status: 409, operator: 'The topped-up money has been spent: less than the refund is left on the balance.' },
  'orders.join_open': { status: 409, operator: 'An order or a refund of the line is under way: it ends before the line moves.' },
  'orders.join_debt': { status: 409, operator: 'The account of the line owes money: it is paid before the line moves.' },
  'orders.join_lost': { status: 409, operator: 'The line lost its number: there is nothing to move.' },
  'orders.join_elsewhere': { status: 409, operator: 'The account is of another market or currency than the line.' },
  'orders.line_moved': {
    status: 409,
    operator: 'The line has joined another account since, with what the order bought: only a part can be refunded.',
  },
  'orders.no_receipt': { status: 404, operator: 'The order has no receipt: it was not paid.' },
});
