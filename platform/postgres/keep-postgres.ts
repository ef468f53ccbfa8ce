/**
 * The server of a home for as long as its program runs. A child of ours that is killed (by hand, or by a kernel short of
 * memory) would otherwise leave a program that answers "try again" for ever; the next start recovers from its log.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type PostgresOptions, type RunningPostgres, startPostgres } from './start-postgres.ts';

export type KeptPostgres = Pick<RunningPostgres, 'connection' | 'unsafe' | 'stop'>;

const AGAIN_MS = 1_000;
/** When starting fails as well, it is tried less and less often. */
const AGAIN_MS_MAX = 10_000;

/** Throws PostgresTrouble when it does not start the first time; later troubles are told, and it is tried again. */
export async function keepPostgres(options: PostgresOptions): Promise<KeptPostgres> {
  const stopping = new AbortController();
  let running = await startPostgres(options);
  const { connection, unsafe } = running;
  const keeping = (async () => {
    for (;;) {
      const { exitCode, signal } = await running.ended;
      if (stopping.signal.aborted) return;
      options.log(`The database server ended by itself (${signal ?? exitCode}); it is started again.`);
      const next = await startAgain(options, stopping.signal);
      if (next === undefined) return;
      running = next;
      // Whoever stopped us meanwhile had nothing to stop.
      if (stopping.signal.aborted) return running.stop();
    }
  })();
  return {
    connection,
    unsafe,
    async stop() {
      stopping.abort();
      await running.stop();
      await keeping;
    },
  };
}

async function startAgain(options: PostgresOptions, stopping: AbortSignal): Promise<RunningPostgres | undefined> {
  for (let afterMs = AGAIN_MS; ; afterMs = Math.min(afterMs * 2, AGAIN_MS_MAX)) {
    await wait(afterMs, undefined, { signal: stopping }).catch(() => {});
    if (stopping.aborted) return undefined;
    try {
      return await startPostgres(options);
    } catch (error) {
      options.log(error instanceof Error ? error.message : String(error));
    }
  }
}
