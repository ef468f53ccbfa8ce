/** A code rests sealed beside a text that has a place for it, and is put there only to be sent, while it is good (S2). */
import { CODE_SEAL } from '#domain/people';
import type { Sealer } from '#platform/seal';
import { CODE_PLACE, type Notice } from './notices.ts';

type Text = Pick<Notice, 'subject' | 'body' | 'html' | 'sealed'>;

/** The text with its code, and nothing sealed any more; as it is when the code is too old, or there is none. */
export function fillCode(sealer: Sealer, { subject, body, html, sealed }: Text, transportNow: Date): Text {
  const code = sealed === null ? undefined : sealer.unseal(CODE_SEAL, sealed, transportNow);
  if (code === undefined) return { subject, body, html, sealed };
  const fill = (text: string) => text.replaceAll(CODE_PLACE, code);
  return { subject: subject && fill(subject), body: fill(body), html: html && fill(html), sealed: null };
}
