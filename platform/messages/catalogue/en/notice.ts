/**
 * What is told by mail, SMS and push (FX-3, LIFE-3): per event `.sms`, `.subject`, `.mail`, `.push_title`, `.push`. `sender` is the
 * brand, with the number where somebody else reads it; `details` are parts that apply. English SMS keeps to the GSM alphabet.
 */
export default {
  // Sentences that join others where they apply.
  'part.lasts_until': 'Lasts until {end, until}.',
  'part.starts': 'Starts {start, instant}.',
  'part.balance': 'Balance {balance, money}.',
  'part.credit_note': 'Credit note {number}.',
  'part.renew_price': 'Renewal {price, money}.',
  'part.renew_price_plus_tax': 'Renewal {price, money} + tax.',
  // An order was paid and is applied.
  'orders.applied.sms': '{sender}: paid {total, money} for {items}. {details} Receipt {receipt} {url}',
  'orders.applied.subject': 'Receipt {receipt}: {total, money} for {items}',
  'orders.applied.mail': 'Thank you. We received {total, money} for {items} on {number, phone}, and it is applied. {details}',
  'orders.applied.push_title': 'Paid {total, money}',
  'orders.applied.push': '{items} is applied. {details}',
  // Somebody else paid for the reader's line: neither learns of the other (ID-6).
  'orders.paid_for.sms': '{sender}: {items} was paid for your line and is applied. {details} {url}',
  'orders.paid_for.subject': '{items} was paid for your line',
  'orders.paid_for.mail': 'Somebody paid {items} for {number, phone}, and it is applied. {details}',
  'orders.paid_for.push_title': '{items} was paid for your line',
  'orders.paid_for.push': 'It is applied. {details}',
  // What somebody else had paid for the reader's line was refunded to them.
  'orders.taken_back.sms':
    '{sender}: {items}, paid for your line by somebody else, was refunded to them and is taken back. {details} {url}',
  'orders.taken_back.subject': '{items} was taken back: its payment was refunded',
  'orders.taken_back.mail':
    'Somebody else had paid {items} for {number, phone}. That payment was refunded to them, and what it brought is taken back. {details}',
  'orders.taken_back.push_title': '{items} was taken back',
  'orders.taken_back.push': 'Its payment was refunded to whoever paid. {details}',
  // Money went back.
  'orders.refunded.sms': '{sender}: refunded {amount, money}. {reason} {details} {url}',
  'orders.refunded.subject': 'Refund of {amount, money}',
  'orders.refunded.mail':
    'We refunded {amount, money} for {number, phone} to where it was paid from. {reason} Cards and wallets show it in up to 10 days; a money balance shows it now.',
  'orders.refunded.push_title': 'Refunded {amount, money}',
  'orders.refunded.push': 'To where it was paid from. {reason} {details}',
  'reason.asked': 'You asked for it.',
  'reason.number_moved': 'The number had changed hands.',
  'reason.cancelled_before': 'The payment came after the order was cancelled.',
  'reason.superseded': 'It was paid twice.',
  'reason.excess': 'More was paid than the total.',
  'reason.captured_short': 'Less was paid than the total.',
  'reason.cannot_take_effect': 'The order could not be applied.',
  // A payment did not succeed.
  'orders.payment_failed.sms': '{sender}: payment of {total, money} for {items} failed. Nothing was charged. Pay again: {url}',
  'orders.payment_failed.subject': 'Payment of {total, money} failed; nothing was charged',
  'orders.payment_failed.mail': '{items} for {number, phone} is not paid yet. {decline}',
  'orders.payment_failed.push_title': 'Payment failed, nothing charged',
  'orders.payment_failed.push': '{items}, {total, money}: tap to pay again.',
  // An order ended without being paid.
  'orders.cancelled.sms': '{sender}: order for {items} cancelled. Nothing was charged. {url}',
  'orders.cancelled.subject': 'Order cancelled, nothing charged: {items}',
  'orders.cancelled.mail': 'The order for {items} on {number, phone} is cancelled. Nothing was charged, and your line is as it was.',
  'orders.cancelled.push_title': 'Order cancelled',
  'orders.cancelled.push': '{items}: nothing was charged.',
  // Data runs low, or is used up.
  'lines.data_low.sms': '{sender}: {percentLeft, number}% of your data left: {octetsLeft, data}. {details} Add data: {url}',
  'lines.data_low.subject': '{octetsLeft, data} of data left',
  'lines.data_low.mail':
    '{number, phone} has {octetsLeft, data} of {plan} left, {percentLeft, number}%. {details} A pack or a renewal adds data at once.',
  'lines.data_low.push_title': '{octetsLeft, data} left',
  'lines.data_low.push': '{percentLeft, number}% of {plan}. {details}',
  'lines.exhausted.sms': '{sender}: your data is used up. {policy} Add data: {url}',
  'lines.exhausted.subject': 'Your data is used up',
  'lines.exhausted.mail':
    'The data of {plan} on {number, phone} is used up. {policy} A pack or a renewal brings full speed back at once. {details}',
  'lines.exhausted.push_title': 'Your data is used up',
  'lines.exhausted.push': '{policy}',
  // A line is at its cap: what its account shares is not used up. The SMS is read on that line, the mail by the owner.
  'lines.cap_reached.sms':
    '{sender}: your share of the shared data is used up. {policy} The owner of the account can raise it. Add data: {url}',
  'lines.cap_reached.subject': 'The share of {number, phone} in the shared data is used up',
  'lines.cap_reached.mail':
    '{number, phone} has used its share of the data that the lines of this account have in common; the others go on. {policy} The owner of the account can raise the share: sign in, open the line and choose “Shared data”. A pack of its own brings full speed back at once, too. {details}',
  'lines.cap_reached.push_title': 'Share used up: {number, phone}',
  'lines.cap_reached.push': 'Its share of the shared data is used up. {policy} The owner of the account can raise it.',
  'policy.throttle': 'Speed is now {speed, speed}; nothing extra is charged.',
  'policy.stop': 'Data has stopped; nothing extra is charged.',
  'policy.pay_as_you_go': 'More data is now paid from your balance.',
  // Time runs out.
  'lines.ending.sms':
    '{sender}: {plan} lasts until {end, until}, {daysLeft, plural, =0 {less than a day} one {# day} other {# days}} left. {details} {url}',
  'lines.ending.subject': '{plan} lasts until {end, until}',
  'lines.ending.mail':
    '{plan} on {number, phone} lasts until {end, until}: {daysLeft, plural, =0 {less than a day} one {# day} other {# days}} left. {details} Renewing early loses no days and no data.',
  'lines.ending.push_title': '{plan} lasts until {end, until}',
  'lines.ending.push': '{daysLeft, plural, =0 {Less than a day} one {# day} other {# days}} left. {details}',
  'lines.expired.sms':
    '{sender}: your plan has ended. Renew by {suspendedOn, day} to avoid suspension; the number is lost on {lostOn, day}. {url}',
  'lines.expired.subject': 'Your plan has ended; suspension on {suspendedOn, day}',
  'lines.expired.mail':
    'The plan on {number, phone} has ended. If nothing is paid, the line is suspended on {suspendedOn, day} and the number is lost on {lostOn, day}. A renewal starts a new period at once. {details}',
  'lines.expired.push_title': 'Your plan has ended',
  'lines.expired.push': 'Suspension on {suspendedOn, day}, number lost on {lostOn, day}. {details}',
  'lines.suspended.sms': '{sender}: your line is suspended. Renew before {lostOn, day} to keep the number. {url}',
  'lines.suspended.subject': 'Your line is suspended; the number is lost on {lostOn, day}',
  'lines.suspended.mail':
    '{number, phone} is suspended because nothing was paid after its plan ended. A renewal brings it back at once. If nothing is paid, the number is lost on {lostOn, day}. {details}',
  'lines.suspended.push_title': 'Your line is suspended',
  'lines.suspended.push': 'Renew before {lostOn, day} to keep the number. {details}',
  'lines.parked.sms': '{sender}: last call. Your number is lost on {lostOn, day} unless you renew before. {url}',
  'lines.parked.subject': 'Last call: your number is lost on {lostOn, day}',
  'lines.parked.mail':
    '{number, phone} is kept for you until {lostOn, day}. On that day the number is lost and cannot be brought back. A renewal before then brings it back at once. {details}',
  'lines.parked.push_title': 'Your number is lost on {lostOn, day}',
  'lines.parked.push': 'A renewal before then brings it back at once. {details}',
  'lines.lost.sms': '{sender}: {number, phone} is no longer yours, because nothing was paid by the date we gave. {url}',
  'lines.lost.subject': '{number, phone} is no longer yours',
  'lines.lost.mail':
    'Nothing was paid for {number, phone} by the date we gave, so the number is no longer yours and cannot be brought back. We would be glad to give you a new one.',
  'lines.lost.push_title': 'Number lost',
  'lines.lost.push': '{number, phone} is no longer yours.',
  // Good news, and money.
  'lines.plan_started.sms': '{sender}: {plan} has started. {details} {url}',
  'lines.plan_started.subject': '{plan} has started',
  'lines.plan_started.mail': '{plan}, which you paid for earlier, has started on {number, phone}. {details}',
  'lines.plan_started.push_title': '{plan} has started',
  'lines.plan_started.push': '{details}',
  'lines.balance_low.sms': '{sender}: your balance is {balance, money}. {details} Top up: {url}',
  'lines.balance_low.subject': 'Your balance is {balance, money}',
  'lines.balance_low.mail': 'The money balance of {number, phone} is {balance, money}. {details} At zero, what is paid from it stops.',
  'lines.balance_low.push_title': 'Balance {balance, money}',
  'lines.balance_low.push': 'Top up to keep what is paid from it. {details}',
  // A line went to another account: to whose it was, to whose it is, to the line.
  'lines.left.sms':
    '{sender}: this line has left your account for another one. What you ordered for it stays with you. Not expected? Tell us at once: {url}',
  'lines.left.subject': '{number, phone} has left your account',
  'lines.left.mail':
    '{number, phone} has gone to another account, with its plan and what is left of it; with the balance too, if it was your last line. What you ordered for it stays with you. If you did not expect this, tell us at once.',
  'lines.left.push_title': '{number, phone} has left your account',
  'lines.left.push': 'It went to another account with its plan. If you did not expect this, tell us at once.',
  'lines.joined.sms': '{sender}: this line has joined your account, with its plan and what is left of it. {url}',
  'lines.joined.subject': '{number, phone} has joined your account',
  'lines.joined.mail':
    '{number, phone} has joined your account, with its plan and what is left of it. You see its use from today on, and renew it beside your other lines; what it used and ordered before stays with the account it left.',
  'lines.joined.push_title': '{number, phone} has joined your account',
  'lines.joined.push': 'It came with its plan and what is left of it.',
  'lines.moved.sms': '{sender}: this line is on another account now. Its number, plan and what is left of it stay as they are. {url}',
  'lines.moved.subject': '{number, phone} is on another account now',
  'lines.moved.mail': '{number, phone} is on another account now. Its number, its plan and what is left of it stay as they are.',
  'lines.moved.push_title': '{number, phone} is on another account now',
  'lines.moved.push': 'Its number, plan and what is left of it stay as they are.',
  // Around the mail.
  'label.line': 'Line',
  'label.tax': 'Tax',
  'label.total': 'Total',
  'label.receipt': 'Receipt',
  'label.credit_note': 'Credit note',
  'link.order': 'See the order and its receipt',
  'link.pay_again': 'Pay again',
  'link.line': 'See the line and renew',
  // A person: a code, and what changed about how they sign in.
  'people.code.sms': '{sender}: {code} is your code {purpose}. Good once, for 10 minutes. Tell it to nobody, not even us.',
  'people.code.subject': '{code} is your code {purpose}',
  'people.code.mail':
    '{code} is your code {purpose}. It is good once, for 10 minutes. Tell it to nobody, not even us. If you did not ask for it, nothing happens without it.',
  'code.enter': 'to sign in',
  'code.reset': 'to choose a new password',
  'code.prove': 'to confirm that it is you',
  'code.contact': 'to sign in with this from now on',
  'code.link': 'to let somebody manage this line',
  'people.changed.sms': '{sender}: {changed} Not you? {url}',
  'people.changed.subject': '{changed}',
  'people.changed.mail': '{changed} If it was not you, look at your sign-ins, end those you do not know and choose a new password.',
  'change.email_changed': 'The e-mail address you sign in with was changed.',
  'change.number_changed': 'The number you sign in with was changed.',
  'change.number_moved': 'Your number now belongs to somebody else and signs you in no more.',
  'change.user_name_changed': 'Your user name was changed.',
  'change.password_changed': 'Your password was changed; your other sign-ins have ended.',
  'change.password_reset': 'A new password was chosen with a code; your other sign-ins have ended.',
  'change.passkey_added': 'A passkey was added to your sign-in.',
  'change.passkey_removed': 'A passkey was removed from your sign-in.',
  'change.line_linked': 'The line {number} was linked to a sign-in.',
  'change.line_shared': 'Somebody who holds the line {number} can see it now.',
  'change.line_unlinked': 'The line {number} is linked to your sign-in no more.',
  'link.security': 'See your sign-ins',
  person_footer: '{brand} sent this about your sign-in.',
  footer: '{brand} sent this about {number, phone}.',
} as const;
