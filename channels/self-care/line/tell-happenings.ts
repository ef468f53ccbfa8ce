import type { HappeningView } from '#channels/web';
import { hasMessage } from '#platform/messages';

type Happened = { readonly event: string; readonly stateBefore: string; readonly at: Date };

/** The line's timeline in words, newest first. An event that this version of the words does not know is left out. */
export function tellHappenings(happenings: readonly Happened[]): HappeningView[] {
  return happenings
    .flatMap(({ event, stateBefore, at }) => {
      // What a line begins with is a renewal to the lifecycle, and a beginning to people.
      const key = `line.event.${event === 'renew' && stateBefore === 'pending' ? 'activate' : event}`;
      return hasMessage(key) ? [{ at, text: { key, values: {} } }] : [];
    })
    .reverse();
}
