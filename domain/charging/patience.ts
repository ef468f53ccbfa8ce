/**
 * Answers whoever has waited too long. All wait equally long, so the one that came first is the first to be due, and one timer
 * is enough for all of them.
 */
export type Patience<Waiting> = {
  add(waiting: Waiting): void;
  /** Whether it was still waiting. */
  done(waiting: Waiting): boolean;
  readonly size: number;
};

export function createPatience<Waiting>(waitMs: number, tooLate: (waiting: Waiting) => void): Patience<Waiting> {
  /** When each is due. A map keeps the order in which they came. */
  const dueAt = new Map<Waiting, number>();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    timer = undefined;
    const now = performance.now();
    for (const [waiting, due] of dueAt) {
      if (due > now) {
        timer = setTimeout(look, due - now);
        return;
      }
      dueAt.delete(waiting);
      tooLate(waiting);
    }
  };
  return {
    add(waiting) {
      dueAt.set(waiting, performance.now() + waitMs);
      timer ??= setTimeout(look, waitMs);
    },
    done(waiting) {
      const waited = dueAt.delete(waiting);
      // Nobody waits: the timer would only keep the program up.
      if (dueAt.size === 0) timer = void clearTimeout(timer);
      return waited;
    },
    get size() {
      return dueAt.size;
    },
  };
}
