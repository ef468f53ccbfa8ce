/**
 * Jobs on graphile-worker. What it does not do itself: a worker killed with SIGKILL keeps its jobs locked for hours, so
 * every worker beats, and any living one unlocks the dead within a minute. And a job that was taken just when the
 * connection was lost is locked by workers that live and do not know of it: they are replaced, and what the old ones held
 * is unlocked at once. A job may so run twice: every job ends in a transaction that applies its effect once
 * (`applyOnce`, or the idempotency of its use case).
 */
import { Logger, run, type TaskList } from 'graphile-worker';
import pg from 'pg';
import type { Clock } from '#platform/clock';
import { type Database, statement } from '#platform/database';
import { keepRunning } from './keep-running.ts';
import { watchPools } from './watch-pools.ts';

export type Task = (payload: unknown) => Promise<void>;

export type WorkerOptions = {
  readonly connection: pg.ClientConfig;
  readonly database: Database;
  readonly clock: Clock;
  readonly tasks: Readonly<Record<string, Task>>;
  /** Lines of crontab: what runs by itself. Times are real time. */
  readonly crontab: string;
  readonly concurrency: number;
  readonly onTrouble: (what: string, error: unknown) => void;
};

export type JobWorker = { stop(): Promise<void> };

const BEAT_MS = 10_000;
/** Four missed beats: dead. With the beat of whoever finds it, unlocked within 50 s, and run within 60 s. */
const DEAD_AFTER_MS = 40_000;

/**
 * Without this, writing down how a job ended is awaited by nobody, and a database that is away at that moment ends the whole
 * program (an unhandled rejection); with it, the worker pool alone gives up. Found by tests/torture.
 */
const WRITTEN_DOWN_TOGETHER = { completeJobBatchDelay: 0, failJobBatchDelay: 0 } as const;

const beat = statement<{ workerIds: string[]; at: Date }>(import.meta.dirname, 'beat');
const forgetDead = statement<{ before: Date }, { workerId: string }>(import.meta.dirname, 'forget-dead');
const strangers = statement<{ before: Date }, { workerId: string }>(import.meta.dirname, 'strangers');
const unlockWorkers = statement<{ workerIds: string[] }>(import.meta.dirname, 'unlock-workers');

export async function startWorker(options: WorkerOptions): Promise<JobWorker> {
  const pool = new pg.Pool({ ...options.connection, max: options.concurrency + 2 });
  const onError = (error: Error) => options.onTrouble('job worker connection', error);
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  const pools = watchPools(options.onTrouble);
  const { living, ended } = pools;
  const taskList: TaskList = Object.fromEntries(
    Object.entries(options.tasks).map(([name, task]) => [name, (payload: unknown) => task(payload)]),
  );
  const beatNow = async () => {
    const unlocked = [...ended];
    await keepAlive(options, [...living], unlocked);
    for (const id of unlocked) ended.delete(id);
  };
  const beatOrTell = () => void beatNow().catch((error: unknown) => options.onTrouble('job worker heartbeat', error));
  const begin = async () => {
    const runner = await run({
      pgPool: pool,
      events: pools.events,
      taskList,
      crontab: options.crontab,
      concurrency: options.concurrency,
      pollInterval: 1000,
      noHandleSignals: true,
      preset: { worker: WRITTEN_DOWN_TOGETHER },
      logger: new Logger(() => (level, message, meta) => {
        if (level === 'error') options.onTrouble(message, meta?.['error'] ?? meta);
      }),
    });
    if (ended.size > 0) beatOrTell();
    const givenUp = pools.latestGivenUp();
    // Whatever of it still runs by itself (its crontab) ends; its workers have.
    void givenUp.then(() => runner.stop()).catch(() => {});
    return { promise: Promise.race([runner.promise, givenUp]), stop: () => Promise.race([runner.stop(), givenUp]) };
  };
  const running = await keepRunning(begin, (error) => options.onTrouble('job worker ended, another takes its place', error));
  await beatNow();
  const timer = setInterval(beatOrTell, BEAT_MS);
  return {
    async stop() {
      clearInterval(timer);
      await running.stop();
      await pool.end();
    },
  };
}

/** Beats for `living` and unlocks the jobs of `ended` (our own that have ended) and of those that stopped beating. */
export async function keepAlive(
  { database, clock }: Pick<WorkerOptions, 'database' | 'clock'>,
  living: readonly string[],
  ended: readonly string[] = [],
): Promise<string[]> {
  const at = clock.transport();
  await database.query(beat, { workerIds: [...living], at });
  const before = new Date(at.getTime() - DEAD_AFTER_MS);
  return database.transaction(async (tx) => {
    // Those who were killed before their first beat are known by the jobs they hold alone.
    const [dead, neverSeen] = await Promise.all([tx.query(forgetDead, { before }), tx.query(strangers, { before })]);
    const deadIds = [...new Set([...ended, ...[...dead, ...neverSeen].map((row) => row.workerId)])];
    if (deadIds.length > 0) await tx.query(unlockWorkers, { workerIds: deadIds });
    return deadIds;
  });
}
