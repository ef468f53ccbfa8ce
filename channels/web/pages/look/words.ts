/** Small texts that several pages share, made of the catalogue's pieces. */
import { type Language, type MessageKey, say, sayLoosely } from '#platform/messages';
import type { NextStep, OfferView, PartView, PeriodView, SentenceView } from '../../views.ts';

/** What a sentence's days are told in and against. */
export type Place = { readonly zone: string; readonly now?: Date };

export function saySentence(language: Language, { zone, now }: Place, { key, values }: SentenceView): string {
  return sayLoosely(language, key, { zone, now, ...values });
}

/** Several, one after the other: Chinese leaves no space between. */
export function saySentences(language: Language, place: Place, sentences: readonly SentenceView[]): string {
  return sentences.map((one) => saySentence(language, place, one)).join(/^zh/.test(language) ? '' : ' ');
}

export function periodText(language: Language, { unit, count }: PeriodView): string {
  return say(language, `web.period.${unit}`, { count });
}

/** Between things in a row; a new line never begins with it. */
export const DOT = '\u00a0· ';

/** "5 GB, then 128 kbit/s · unlimited talk · 100 texts": one part after the other. */
export function partsText(language: Language, parts: readonly PartView[]): string {
  return parts.map((part) => partText(language, part)).join(DOT);
}

function partText(language: Language, { service, hotspot, quantity, fullSpeedCap, throttleKbps }: PartView): string {
  if (hotspot) return quantity === null ? say(language, 'web.part.hotspot_unlimited') : say(language, 'web.part.hotspot', { quantity });
  if (service === 'voice')
    return quantity === null ? say(language, 'web.part.voice_unlimited') : say(language, 'web.part.voice', { quantity });
  if (service === 'message')
    return quantity === null ? say(language, 'web.part.message_unlimited') : say(language, 'web.part.message', { quantity });
  const pieces = [quantity === null ? say(language, 'web.part.data_unlimited') : say(language, 'web.part.data', { quantity })];
  if (fullSpeedCap !== null && fullSpeedCap !== quantity) pieces.push(say(language, 'web.part.full_speed', { quantity: fullSpeedCap }));
  if (throttleKbps !== undefined) pieces.push(say(language, 'web.part.throttle', { speed: throttleKbps }));
  return pieces.join(language === 'zh-Hans' || language === 'zh-Hant' ? '，' : ', ');
}

/** "incl. tax $1.31", and the new end where the reader may know it. */
export function offerText(language: Language, place: Place, { tax, newEnd }: OfferView): string {
  const pieces = [tax.minor === 0n ? say(language, 'web.line.no_tax') : say(language, 'web.line.tax', { tax })];
  if (newEnd !== undefined) pieces.push(sayLoosely(language, 'web.line.new_end', { zone: place.zone, now: place.now, end: newEnd }));
  return pieces.join(DOT);
}

/** Address and words of the next step a refusal offers; without one, the beginning. */
export function stepLink(language: Language, step: NextStep | undefined, supportEmail: string): { href: string; text: string } {
  const { to } = step ?? { to: 'home' };
  const key: MessageKey = `web.next.${to}`;
  return { href: addressOf(step, supportEmail), text: say(language, key) };
}

function addressOf(step: NextStep | undefined, supportEmail: string): string {
  switch (step?.to) {
    case 'line':
      return `/l/${step.ref}`;
    case 'own_line':
      return `/line/${step.id}`;
    case 'lines':
      return '/lines';
    case 'sign_in':
      return '/sign-in';
    case 'review':
      return `/review/${step.secret}`;
    case 'order':
      return `/o/${step.secret}`;
    case 'support':
      return `mailto:${supportEmail}`;
    default:
      return '/';
  }
}
