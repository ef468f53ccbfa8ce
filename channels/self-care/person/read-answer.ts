/** The JSON a device's passkey answered with, as far as it must be one before anything looks into it. */
import type { addPasskey, signInByPasskey } from '#domain/people';

export type SignedAnswer = Parameters<typeof signInByPasskey>[2]['response'];
export type NewPasskeyAnswer = Parameters<typeof addPasskey>[3]['response'];

/** Undefined for what is none; the rest of its shape is for the verification to find wrong. */
export function readAnswer<Answer extends SignedAnswer | NewPasskeyAnswer = SignedAnswer>(text: string): Answer | undefined {
  try {
    const answer: unknown = JSON.parse(text);
    const isOne = typeof answer === 'object' && answer !== null && 'id' in answer && typeof answer.id === 'string' && 'response' in answer;
    return isOne ? (answer as Answer) : undefined;
  } catch {
    return undefined;
  }
}
