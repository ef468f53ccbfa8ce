/** Events that only ask: is there enough for it, and what would it cost (RFC 8506 §6.1, §6.2). Nothing is taken. */
import { type Answer, avp, type Message, RESULT, valuesOf } from '#channels/diameter';
import { type Enquiry, RESULTS } from '#domain/charging';
import { exponentOf } from '#domain/money';
import { requestEcho } from './write-answer.ts';

const ACTION = valuesOf('Requested-Action');
const TYPE = valuesOf('CC-Request-Type');
const BALANCE = valuesOf('Check-Balance-Result');

/** Whether a request only asks. */
export function isEnquiry(message: Message): boolean {
  const action = message.get('Requested-Action');
  return message.get('CC-Request-Type') === TYPE.EVENT_REQUEST && (action === ACTION.CHECK_BALANCE || action === ACTION.PRICE_ENQUIRY);
}

export function writeEnquiryAnswer(message: Message, { result, cost }: Enquiry): Answer {
  const echo = requestEcho(message);
  if (message.get('Requested-Action') === ACTION.CHECK_BALANCE) {
    if (result !== 'success' && result !== 'credit_limit_reached') return { resultCode: RESULTS[result].diameter, avps: echo };
    const enough = result === 'success' ? BALANCE.ENOUGH_CREDIT : BALANCE.NO_CREDIT;
    return { resultCode: RESULT.SUCCESS, avps: [...echo, avp('Check-Balance-Result', enough)] };
  }
  const currency = cost === null ? undefined : NUMBERS[cost.currency];
  if (cost === null || currency === undefined)
    return { resultCode: result === 'success' ? RESULT.RATING_FAILED : RESULTS[result].diameter, avps: echo };
  const price = [avp('Value-Digits', cost.minor), avp('Exponent', -exponentOf(cost.currency))];
  return {
    resultCode: RESULT.SUCCESS,
    avps: [...echo, avp('Cost-Information', [avp('Unit-Value', price), avp('Currency-Code', currency)])],
  };
}

/** ISO 4217's numbers, of the currencies that markets have been made in; a price in another is not told (5031). */
const NUMBERS: Readonly<Record<string, number>> = {
  ...{ USD: 840, CAD: 124, MXN: 484, EUR: 978, GBP: 826, CHF: 756, JPY: 392, CNY: 156, HKD: 344, TWD: 901 },
  ...{ KRW: 410, SGD: 702, THB: 764, INR: 356, AUD: 36, NZD: 554, KWD: 414, AED: 784, SAR: 682, ZAR: 710 },
};
