/**
 * Answers whoever has waited too long. All wait equally long, so the one that came first is the first to be due, and one timer
 * is enough for all of them.
 */
export type Patience<Answer> = {
  wait(): Waiting<Answer>;
  /** How many wait. */
  readonly size: number;
};

export type Waiting<Answer> = {
  readonly given: Promise<Answer>;
  /** The first counts. */
  give(answer: Answer): void;
};

export function createPatience<Answer>(waitMs: number, tooLate: () => Answer): Patience<Answer> {
  /** When each is due. A map keeps the order in which they came. */
  const dueAt = new Map<Waiting<Answer>, number>();
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    timer = undefined;
    const now = performance.now();
    for (const [waiting, due] of dueAt) {
      if (due > now) {
        timer = setTimeout(look, due - now);
        return;
      }
      waiting.give(tooLate());
    }
  };
  return {
    wait() {
      const { promise, resolve } = Promise.withResolvers<Answer>();
      const waiting: Waiting<Answer> = {
        given: promise,
        give(answer) {
          if (!dueAt.delete(waiting)) return;
          // Nobody waits: the timer would only keep the program up.
          if (dueAt.size === 0) timer = void clearTimeout(timer);
          resolve(answer);
        },
      };
      dueAt.set(waiting, performance.now() + waitMs);
      timer ??= setTimeout(look, waitMs);
      return waiting;
    },
    get size() {
      return dueAt.size;
    },
  };
}
