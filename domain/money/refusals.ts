/** What typed amounts can be refused for. Values: `text` as typed, `currency`, `decimals` and `sample` of the currency. */
import { declareRefusals } from '#platform/refusals';

export const { catalogue: moneyRefusals, refuse } = declareRefusals({
  'money.amount_not_understood': { status: 422, operator: 'What was typed is not an amount of money.' },
  'money.amount_ambiguous': { status: 422, operator: 'The separator could stand for decimals or for thousands.' },
  'money.amount_too_precise': { status: 422, operator: 'The amount has more decimals than the currency.' },
  'money.amount_negative': { status: 422, operator: 'The amount is below zero.' },
  'money.amount_too_large': { status: 422, operator: 'The amount is larger than any amount we take.' },
  'money.amount_other_currency': { status: 422, operator: 'The amount names another currency than the one asked for.' },
});
