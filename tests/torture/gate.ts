/**
 * Time moves only while nothing is under way: a request that leaves before an hour passes and arrives after it would break
 * the very assumption (a request ends within our time-out) that horizons stand on, and prove nothing.
 */
export type Gate = {
  /** Runs `work`; waits first while time is being moved. */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** Lets nobody in any more; resolves when nothing is under way. */
  close(): Promise<void>;
  open(): void;
};

export function createGate(): Gate {
  let inside = 0;
  let isOpen = true;
  let waiting: (() => void)[] = [];
  let emptied: (() => void) | undefined;
  return {
    async pass(work) {
      while (!isOpen) await new Promise<void>((resolve) => waiting.push(resolve));
      inside += 1;
      try {
        return await work();
      } finally {
        inside -= 1;
        if (inside === 0) emptied?.();
      }
    },
    async close() {
      isOpen = false;
      if (inside > 0) await new Promise<void>((resolve) => (emptied = resolve));
      emptied = undefined;
    },
    open() {
      isOpen = true;
      const late = waiting;
      waiting = [];
      for (const letIn of late) letIn();
    },
  };
}
