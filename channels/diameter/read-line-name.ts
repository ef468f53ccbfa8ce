/** Whom a request is about, by Subscription-Id (RFC 8506 §8.46): the same in credit control and in Sy. */
import { valuesOf } from './dictionary.ts';
import type { Message } from './message.ts';

const TYPE = valuesOf('Subscription-Id-Type');

/** The first IMSI and the first E.164 number, this one with its sign: TS 32.299 §6.4.2 has both. Other kinds name nobody here. */
export function readLineName(message: Message): { readonly imsi?: string; readonly number?: string } {
  let imsi: string | undefined;
  let number: string | undefined;
  for (const one of message.all('Subscription-Id')) {
    const type = one.get('Subscription-Id-Type');
    const data = one.get('Subscription-Id-Data');
    if (type === TYPE.END_USER_IMSI) imsi ??= data;
    if (type === TYPE.END_USER_E164 && data !== undefined) number ??= data.startsWith('+') ? data : `+${data}`;
  }
  return { ...(imsi === undefined ? {} : { imsi }), ...(number === undefined ? {} : { number }) };
}
