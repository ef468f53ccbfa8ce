/**
 * The command line's sentences. What scripts read (`--json`) is never translated.
 */
export default {
  'stage.quoted': 'Price: {total, money}, of which tax {tax, money}',
  'stage.placed': 'Order {order} placed',
  'stage.paying': 'Waiting for the payment',
  'stage.paid': 'Paid after {seconds, number} s',
  'stage.applied': 'Applied after {seconds, number} s',
  'stage.notified': 'Notice sent after {seconds, number} s',
  open_page: 'Pay here: {url}',
  receipt: 'Receipt {number}: {total, money}',
  lasts_until: 'Lasts until {end, until}',
  line: '{number, phone}: {plan}, {left, data} left, until {end, until}',
} as const;
