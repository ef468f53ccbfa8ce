/**
 * What the customer reads for each refusal: `refusal.<code>`, with the refusal's own values and what to do next. Money comes
 * as two values, `shortMinor` and `currency`, and is written `{short, money}`.
 */
export default {
  unexpected: 'This cannot be done right now. Please try again; if it happens again, contact us.',
  // What is wrong with a request before any use case sees it; read by developers of the API, and by whoever follows a wrong link.
  'http.not_found': 'Nothing is at this address. Check it, or start from the first page.',
  'http.request_invalid': 'The request is not complete or not in the form asked for. Correct the fields that are named and send it again.',
  'http.body_unreadable': 'What was sent cannot be read. Send JSON.',
  'http.body_too_large': 'What was sent is too large. Send less.',
  'http.media_type_unknown': 'What was sent is of another type than is taken here. Send application/json.',
  'http.unavailable': 'This cannot be answered for a few seconds. Send the same request again, under the same key: it counts once.',
  // self-care pages and the API
  'api.not_set_up': 'This shop is not set up yet, so nothing can be bought here. Please try again later.',
  'api.sign_in_unknown': 'This sign-in is not in force any more. Sign in again.',
  'api.sign_in_needed': 'This is for people who are signed in. Sign in first.',
  'self-care.address_expired': 'This page was open for too long. Enter the number again.',
  'self-care.email_invalid': 'This is not an e-mail address. Correct it, or leave the field empty.',
  'self-care.sign_in_needed': 'This is for people who are signed in. Sign in first, or enter the number as a guest.',
  'self-care.not_yours': 'This line is not linked to you, or you may not see it. Look at the list of your lines.',
  'self-care.file_unknown': 'There is no such file. Look at the list of your data.',
  'self-care.share_not_understood':
    '“{text}” is not a size of data. Write it in GB with at most two decimals, like 2.5, or in MB, like 500 MB.',
  'self-care.step_unknown': 'The clock moves forward by minutes, hours, days or weeks, 62 days at most: +90min, +6h, +3d, +2w.',
  // money
  'money.amount_not_understood': '“{text}” is not an amount of money. Write it like {sample}.',
  'money.amount_ambiguous': '“{text}” could be read as two amounts. Write it like {sample}.',
  'money.amount_too_precise': '“{text}” has too many decimals: {currency} has {decimals, number}. Write it like {sample}.',
  'money.amount_negative': '“{text}” is below zero. Write an amount above zero, like {sample}.',
  'money.amount_too_large': '“{text}” is larger than any amount we take. Write a smaller one, like {sample}.',
  'money.amount_other_currency': '“{text}” is in another currency. Write the amount in {currency}, like {sample}.',
  // ledger
  'ledger.balance_short': 'The balance is {short, money} short. Top up that amount, or pay another way.',
  // lines
  'lines.number_invalid': '“{text}” is not a mobile number we can read. Enter it with its area code, for example +1 206 555 0142.',
  'lines.not_found': 'We have no line with this number. Check the digits and try again.',
  'lines.not_in_service': '{number, phone} carries no traffic now. Renew it to bring it back at once.',
  'lines.number_taken': 'This number already belongs to a line. Check the digits, or choose another number.',
  'lines.number_lost': 'This number was given up after a long time without payment; nothing can be sold to it. Choose a new number.',
  'lines.market_unknown': 'This market or plan is not on offer. Choose one from the list.',
  'lines.plan_has_no_period': 'Pay as you go has no period to renew. Top up money instead.',
  'lines.nothing_to_follow': 'No plan is running that this one could follow. Renew now instead.',
  'lines.pack_needs_plan': 'A pack needs a running plan. Renew first, then add the pack.',
  // people
  'people.link_used': 'This link was used before or is too old. Ask for a new one.',
  'people.email_invalid': 'This is not an e-mail address. Correct it, for example name@example.com.',
  'people.user_name_invalid':
    'A user name has 3 to 32 letters a-z, digits, dots, dashes or underscores, and begins with a letter. Choose another one.',
  'people.name_taken': 'Somebody signs in with this already. If it is you, sign in with it; otherwise use another one.',
  'people.code_wrong': 'This is not the code we sent. Check it and try again: {left, plural, one {# try} other {# tries}} left.',
  'people.code_spent': 'This code was used, is too old or was tried too often. Ask for a new one.',
  'people.too_many_codes':
    'Too many codes were asked for. Try again in {minutes, plural, one {# minute} other {# minutes}}, or sign in with a password or passkey.',
  'people.too_many_tries':
    'There were too many tries. Try again in {minutes, plural, one {# minute} other {# minutes}}, or sign in with a code.',
  'people.nobody_here': 'Nobody signs in with this yet. Sign up with it, or use the e-mail address or number you signed up with.',
  'people.terms_not_accepted': 'Please accept the terms, version {version}, to go on.',
  'people.password_short': 'This password is too short. Use at least {min, number} characters; a few words together are good.',
  'people.password_long': 'This password is too long. Use {max, number} characters at most.',
  'people.password_common': 'Many people use this password, so it is guessed first. Choose another one; a few words together are good.',
  'people.password_like_name': 'This password is what you sign in with. Choose another one.',
  'people.sign_in_wrong': 'Name and password do not belong together. Check both, sign in with a code, or choose a new password.',
  'people.passkey_not_accepted': 'This passkey was not accepted. Try it again, or sign in with a code or password.',
  'people.passkey_known': 'This passkey is registered already. Sign in with it, or add another one.',
  'people.passkey_unknown': 'This passkey is not there any more. Look at the list again.',
  'people.sign_in_unknown': 'This sign-in has ended already. Look at the list again.',
  'people.proof_needed': 'Before this is changed, show once more that it is you: by password, code or passkey.',
  'people.contact_unknown': 'We cannot use this address or number for you any more. Choose another one.',
  'people.last_contact': 'This is the only way to reach you. Add another address or number first, then remove this one.',
  'people.cooling_off':
    'How we reach you changed a short time ago. To protect you, your balance and kept methods wait for {hours, plural, one {# hour} other {# hours}}. Until then pay by another method on the payment page, or contact us.',
  // sims
  'sims.iccid_invalid': '“{iccid}” is not a SIM card number. It has 19 or 20 digits and starts with 89; it is printed on the card.',
  'sims.imsi_invalid': '“{imsi}” is not an IMSI. It has 14 or 15 digits.',
  'sims.known_already': 'This SIM is in stock already. Use another one.',
  'sims.in_use': 'This SIM serves another line. Use another one.',
  // charging
  'charging.peer_name_invalid':
    'Write the peer’s name as the network tells it: a domain name such as smf.epc.example, or for 5G the name or id that the SMF gives itself. {name} is neither.',
  'charging.peer_profile_unknown': 'There is no profile {profile}. Choose standard, open5gs or free5gc.',
  'charging.peer_from_anywhere': 'Say from which addresses {name} may come, or that it must use TLS: otherwise anybody could say its name.',
  'charging.peer_unknown': 'No peer is called {name}. everline peers lists them.',
  // rating
  'rating.destination_unknown':
    'You cannot call or text this number from your line: {destination}. Check it, with + and the country code, or ask support.',
  // allowances
  'allowances.key_reused': 'This report of use was sent before with other figures; nothing was counted again.',
  // access
  'access.not_allowed': 'This is for the owner of the line. Sign in as the owner, or renew, add a pack or top up as a guest.',
  'access.too_many_look_ups':
    'Too many numbers were looked up from here. Try again in {minutes, plural, one {# minute} other {# minutes}}.',
  'access.too_many_tries':
    'There were too many tries. Try again in {minutes, plural, one {# minute} other {# minutes}}, or have a code sent to the line.',
  'access.activation_code_unknown':
    'This activation code links no line: check it as printed with the SIM card. If it was used before, have a code sent to the line.',
  'access.account_shared': 'This line shares its account with others. Ask the owner of the account, or contact us.',
  'access.member_unknown': 'This person cannot be changed here. Look at the list again; an owner leaves by themselves.',
  // catalog
  'catalog.refund_too_large': 'Only {left, money} is left to give back. Ask for that or less.',
  'catalog.refund_not_positive': 'A refund must be above zero. Enter an amount.',
  'catalog.operator_file_wrong':
    'The operator file has {count, plural, one {# mistake} other {# mistakes}}; nothing was applied. Correct and apply it again: {problems}',
  'catalog.currency_fixed':
    'Market {market} keeps its currency {currency} for ever, because accounts in it do. Make a new market for another currency.',
  'catalog.product_kind_fixed':
    '{product} in market {market} keeps its kind, because old orders name it. Give the new product another code.',
  'catalog.product_names_missing': 'A product needs a name in each language. At {path}: expected {expected}.',
  'catalog.product_currency_differs': 'A product is priced in the currency of its market. At {path}: expected {expected}.',
  'catalog.product_price_wrong': 'The price does not fit the product. At {path}: expected {expected}.',
  'catalog.product_period_wrong': 'The period is outside the limits. At {path}: expected {expected}.',
  'catalog.product_parts_wrong': 'A part of the product contradicts another. At {path}: expected {expected}.',
  'catalog.product_throttle_wrong': 'The reduced speed is outside the limits. At {path}: expected {expected}.',
  'catalog.product_rates_wrong': 'The rates of pay as you go do not fit. At {path}: expected {expected}.',
  'catalog.product_limits_wrong': 'The limits of the top-up contradict each other. At {path}: expected {expected}.',
  // payments
  'payments.key_reused': 'This payment was sent before with other content; nothing was charged again. Start again from the order page.',
  'payments.attempt_open':
    'A payment for this order is still under way. Finish it, or choose to pay again: if both succeed, the first is refunded.',
  'payments.already_paid': 'This order is paid already; nothing was charged again. The order page shows it.',
  'payments.saved_method_unknown': 'This saved way to pay is no longer there. Choose another one.',
  'payments.refund_exceeds_captured': 'Only {refundable, money} of this payment is left to refund. Ask for that or less.',
  'payments.nothing_captured': 'Nothing was charged by this payment, so there is nothing to refund.',
  'payments.event_forged': 'The message is not signed with our secret. Check the signing secret at the payment provider.',
  'payments.event_expired': 'The signature of the message is older than 300 s. Check the clock of this machine.',
  'payments.event_unreadable': 'The message of the payment provider cannot be read. Check its API version.',
  // orders
  'orders.nothing_chosen': 'Choose at least one item, and {max, number} at most.',
  'orders.two_plans': 'One order holds one plan. Choose one; order the other one afterwards.',
  'orders.no_plan': 'This line has no plan to renew yet. Choose a plan.',
  'orders.not_on_sale': '“{product}” is not on sale here any more. Choose another one from the list.',
  'orders.amount_not_chargeable': 'This amount cannot be charged exactly. Choose a multiple of {step, money}.',
  'orders.amount_outside_limits': 'Enter an amount from {min, money} to {max, money}.',
  'orders.quote_unknown': "This price is not known any more. Enter the number again to see today's price.",
  'orders.quote_expired': 'This price is too old. Look at the new one and confirm it; nothing was charged.',
  'orders.quote_used': 'This was ordered already, in another way. Open the order, or start again for a second one.',
  'orders.key_reused': 'This order was sent before with other content; nothing was ordered again. Start again from the line.',
  'orders.number_moved':
    'This number has changed hands since the price was shown. Nothing is sold to it; a payment already made is refunded. Enter the number again.',
  'orders.terms_not_accepted': 'Please accept the terms of sale, version {version}, to go on.',
  'orders.tender_not_offered': 'This way to pay is not offered for this order. Choose another one.',
  'orders.not_found': 'No order stands behind this link. Check that it is complete; it is in the mail or SMS about your order.',
  'orders.not_open': 'This order is paid, cancelled or refunded already. Its page shows how it stands.',
  'orders.cannot_take_effect': 'This order cannot be applied any more; what was paid for it is refunded. Start again from the line.',
  'orders.not_refundable': 'Only an order that took effect can be refunded. The order page shows how this one stands.',
  'orders.value_used': '{spent, money} of the topped-up money has been spent, so it cannot be refunded. Ask for what is left.',
  'orders.join_open':
    'Order {order} of this line is still open. Pay or cancel it first, or wait until its refund has arrived; then the line can move.',
  'orders.join_debt': 'The account owes {owed, money}. Top it up first; then the line can move.',
  'orders.cap_outside_limits': 'Choose a size from 0 to {max, data}, or take the limit away.',
  'orders.line_moved':
    'This line has moved to another account since, and took along what was bought. It cannot be given back as a whole; write to us about a part.',
  'orders.join_lost': 'The number {number, phone} was lost. There is nothing left that could move.',
  'orders.join_elsewhere': '{number, phone} is sold in another country or currency than that account. A line moves within its own market.',
  'orders.no_receipt': 'This order has no receipt, because it was not paid.',
  // notices
  'notices.one_channel_must_stay':
    'News about payments and the loss of your number must reach you by one way at least. Keep e-mail, SMS or push on.',
} as const;
