/** What runs jobs: `promise` when it has ended by itself or was given up. */
export type Running = { readonly promise: Promise<unknown>; readonly stop: () => Promise<unknown> };

/** Before another runner takes the place of one that ended. */
const AGAIN_MS = 1_000;

/**
 * A runner gives up when the database is away while it writes down how a job ended. It is replaced until one runs again;
 * the job it held is unlocked like any dead worker's. Throws what the first `begin` throws.
 */
export async function keepRunning(
  begin: () => Promise<Running>,
  onTrouble: (error: unknown) => void,
): Promise<{ readonly stop: () => Promise<void> }> {
  let isStopping = false;
  let awake = () => {};
  let runner = await begin();
  const beginAgain = async (): Promise<Running | undefined> => {
    while (!isStopping) {
      await new Promise<void>((resolve) => {
        awake = resolve;
        setTimeout(resolve, AGAIN_MS);
      });
      if (isStopping) return undefined;
      try {
        return await begin();
      } catch (error) {
        onTrouble(error);
      }
    }
    return undefined;
  };
  const keeping = (async () => {
    for (;;) {
      const ended = await runner.promise.catch((error: unknown) => error);
      if (isStopping) return;
      onTrouble(ended);
      const next = await beginAgain();
      if (next === undefined) return;
      runner = next;
      if (isStopping) await runner.stop();
    }
  })();
  return {
    async stop() {
      isStopping = true;
      awake();
      // One that has ended says so by throwing; what is left of it is awaited below.
      await runner.stop().catch(() => {});
      await keeping;
    },
  };
}
