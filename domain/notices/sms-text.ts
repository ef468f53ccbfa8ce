/**
 * How an SMS travels (3GPP TS 23.038 §6.2.1, TS 23.040 §9.2.3.24.1): 160 characters when all are in the GSM alphabet, else 70;
 * split over several, 153 and 67 each. Spanish with í, ó, ú and all Chinese count by 70.
 */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** These take an escape before them: two places. */
const GSM_EXTENDED = '^{}\\[~]|€\f';

/** How many messages a text becomes. */
export function countSegments(text: string): number {
  // UCS-2 counts code units: a sign beyond the basic plane takes two.
  if (!isGsm(text)) return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
  const places = [...text].reduce((sum, sign) => sum + (GSM_EXTENDED.includes(sign) ? 2 : 1), 0);
  return places <= 160 ? 1 : Math.ceil(places / 153);
}

export function isGsm(text: string): boolean {
  return [...text].every((sign) => GSM.includes(sign) || GSM_EXTENDED.includes(sign));
}

/** Letters the GSM alphabet lacks, without their accent: how Spanish is written where a message would cost a third. */
export function withoutAccents(text: string): string {
  const bare = (sign: string) => (isGsm(sign) ? sign : sign.normalize('NFD').replace(/\p{M}/gu, ''));
  return [...text.normalize('NFC')].map(bare).join('');
}

const PLAIN: Readonly<Record<string, string>> = {
  '\u00a0': ' ',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '…': '...',
  '·': '-',
  '•': '*',
};

/** The same text without typographic signs that would halve the room; spaces that stand double or last go. */
export function plainSms(text: string): string {
  const isChinese = /\p{Script=Han}/u.test(text);
  const plain = isChinese ? text.replaceAll('\u00a0', ' ') : text.replace(/[\u00a0’‘“”–—…·•]/g, (sign) => PLAIN[sign] ?? sign);
  return plain.replace(/ {2,}/g, ' ').trim();
}
