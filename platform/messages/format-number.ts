/** Mobile numbers as people write them. Stored and compared as E.164 ("+12065550142"); written by libphonenumber. */
import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** "+1 206 555 0142", or with `national` "(206) 555-0142". A text that is no number comes back unchanged. */
export function formatNumber(e164: string, style: 'international' | 'national' = 'international'): string {
  const number = parsePhoneNumberFromString(e164);
  if (number === undefined) return e164;
  return style === 'national' ? number.formatNational() : number.formatInternational();
}

/** "+1 206 ••• ••42": the country, the first group and the last two digits, no more (ID-6). */
export function formatMaskedNumber(e164: string): string {
  const written = formatNumber(e164);
  const groups = written.split(' ');
  const shown = (groups[0] ?? '').length + 1 + (groups.length > 2 ? (groups[1] ?? '').length : 0);
  return [...written].map((sign, place) => (/\d/.test(sign) && place > shown && place < written.length - 2 ? '•' : sign)).join('');
}
