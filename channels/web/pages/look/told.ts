import { hasMessage, type Language, sayLoosely } from '#platform/messages';

/** The sentence behind "?done=…"; an address that was made up says nothing. */
export function sayDone(language: Language, done: string | null): string | undefined {
  const key = `person.done.${done ?? ''}`;
  return hasMessage(key) ? sayLoosely(language, key, {}) : undefined;
}
