import type { HappeningView } from '#channels/web';
import { hasMessage } from '#platform/messages';

type Happened = { readonly event: string; readonly at: Date };

/** The line's timeline in words, newest first. An event that this version of the words does not know is left out. */
export function tellHappenings(happenings: readonly Happened[]): HappeningView[] {
  return happenings
    .flatMap(({ event, at }) => {
      const key = `line.event.${event}`;
      return hasMessage(key) ? [{ at, text: { key, values: {} } }] : [];
    })
    .reverse();
}
