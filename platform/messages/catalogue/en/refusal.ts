/**
 * What the customer reads for each refusal: `refusal.<code>`, with the refusal's own values and what to do next. Money comes
 * as two values, `shortMinor` and `currency`, and is written `{short, money}`.
 */
export default {
  unexpected: 'This cannot be done right now. Please try again; if it happens again, contact us.',
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
  'lines.number_taken': 'This number already belongs to a line. Check the digits, or choose another number.',
  'lines.number_lost': 'This number was given up after a long time without payment; nothing can be sold to it. Choose a new number.',
  'lines.number_moved':
    'This number has changed hands since the price was shown. Nothing is sold to it; a payment already made is refunded. Enter the number again.',
  'lines.market_unknown': 'This market or plan is not on offer. Choose one from the list.',
  'lines.no_plan': 'This line has no plan to renew yet. Choose a plan.',
  'lines.plan_has_no_period': 'Pay as you go has no period to renew. Top up money instead.',
  'lines.nothing_to_follow': 'No plan is running that this one could follow. Renew now instead.',
  'lines.pack_needs_plan': 'A pack needs a running plan. Renew first, then add the pack.',
  // people
  'people.link_used': 'This link was used before or is too old. Ask for a new one.',
  // sims
  'sims.iccid_invalid': '“{iccid}” is not a SIM card number. It has 19 or 20 digits and starts with 89; it is printed on the card.',
  'sims.imsi_invalid': '“{imsi}” is not an IMSI. It has 14 or 15 digits.',
  'sims.known_already': 'This SIM is in stock already. Use another one.',
  'sims.in_use': 'This SIM serves another line. Use another one.',
  // allowances
  'allowances.key_reused': 'This report of use was sent before with other figures; nothing was counted again.',
  // access
  'access.not_allowed': 'This is for the owner of the line. Sign in as the owner, or renew, add a pack or top up as a guest.',
  'access.too_many_look_ups':
    'Too many numbers were looked up from here. Try again in {minutes, plural, one {# minute} other {# minutes}}.',
  // notices
  'notices.one_channel_must_stay':
    'News about payments and the loss of your number must reach you by one way at least. Keep e-mail, SMS or push on.',
} as const;
