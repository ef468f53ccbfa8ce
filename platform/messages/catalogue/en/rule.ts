/**
 * Every rule of an order, said before paying (BUY-3, PAY-3), with its dates and amounts. `lines.decidePurchase` names the
 * rule it used: `rule.<name>`. `presentEnd`, `usableFrom` and `usableUntil` are its instants; ends are exclusive (`until`).
 */
export default {
  renew_now:
    'Usable at once, at full speed. What you already have is used first and keeps its own end, {presentEnd, until}; then this period runs until {usableUntil, until}. No day and no paid data is lost.',
  renew_from_now: 'Your plan ended on {presentEnd, until}, so a new period starts when you pay and runs until {usableUntil, until}.',
  first_period: 'Starts when you pay and runs until {usableUntil, until}.',
  queue_at_end:
    'Starts by itself on {usableFrom, instant}, when your present plan ends, and runs until {usableUntil, until}. Until then nothing changes.',
  queue_on_exhaustion:
    'Starts by itself when your data is used up, and at the latest on {usableFrom, instant}, when your present plan ends. Started then, it runs until {usableUntil, until}; started earlier, it lasts one full period from that moment.',
  change_now:
    '{plan} starts when you pay, with a full period until {usableUntil, until}. What your present plan left is used first and keeps its own end, {presentEnd, until}. Nothing is returned for it. From now the new plan decides what happens when data runs out.',
  change_now_without_end:
    '{plan} starts when you pay and has no end. What your present plan left is used first and keeps its own end, {presentEnd, until}. Nothing is returned for it.',
  pack_now: 'Added to your line at once; usable until {usableUntil, until}. It also lifts a reduced speed.',
  top_up_now: 'Your money balance becomes {balance, money} at once. Your plan and its end stay as they are.',
  top_up_extends:
    '{amount, money} goes to the money balance at once and keeps the line alive for {days, plural, one {# day} other {# days}} from the payment.',
  queue_moves: 'The plan waiting behind it now starts on {startsAt, instant} instead, whole.',
  recently_paid:
    'This line was already renewed and paid for at {paidAt, time}, {minutes, plural, =0 {less than a minute} one {# minute} other {# minutes}} ago. If you pay again, both renewals count.',
  // What happens when the data is used up, by plan.
  exhausted_throttle:
    'When the data is used up, the speed falls to {speed, speed} and nothing is charged extra. A renewal or a pack brings full speed back at once.',
  exhausted_stop: 'When the data is used up, data stops and nothing is charged extra. A renewal or a pack starts it again at once.',
  exhausted_pay_as_you_go:
    'When the data is used up, more data is paid from your money balance: {price, money} per {quantity, data}. At a balance of zero, data stops.',
  forfeited: 'Data not used by {end, until} is forfeited.',
  lapse: 'If nothing is paid, the line is suspended on {suspendedOn, day} and the number is lost on {lostOn, day}.',
  // Tax.
  tax_added: 'Tax of {tax, money} is added to the price.',
  tax_included: 'The price includes {tax, money} of tax.',
  tax_none: 'No tax is charged.',
  tax_at_load: 'Tax is paid now, on the money you load. What you later buy with it is not taxed again.',
  tax_at_use: 'No tax on the money you load. What you later buy with it is taxed then.',
  tax_paid_at_load: 'Paid from your balance, on which tax was paid when it was loaded: no tax now.',
  // Paying.
  balance_short: 'Your balance is {balance, money}. {short, money} is missing: top up exactly that, and the renewal follows.',
  payment_page_closes: 'The payment page stays open until {closesAt, time}. Nothing is charged if you leave it.',
  paying_again: 'We are still asking about your first payment. If you pay again and the first one succeeds after all, we refund the first.',
  refund_if_moved: 'If this number has changed hands by the time you pay, the whole payment is refunded.',
} as const;
