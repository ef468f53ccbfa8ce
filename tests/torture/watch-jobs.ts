/** How long it takes until jobs run again: looked at from outside, by the database's own clock, which nobody moves. */
import pg from 'pg';
import { APPLY_EVENT } from '#platform/outbox';

export type JobWatch = {
  /** Puts a job that does nothing into the queue; gives the ms until somebody has done it, Infinity past `msMax`. */
  probe(msMax: number): Promise<number>;
  readonly figures: () => JobFigures;
  stop(): Promise<void>;
};

export type JobFigures = {
  /** The longest that a job was held by whoever took it: long after a kill, when the holder was gone. */
  readonly longestHeldMs: number;
  /** Jobs that were held for more than five seconds. */
  readonly orphaned: number;
};

const LOOK_MS = 500;
const ORPHANED_MS = 5_000;

const HELD = `select id::text, extract(epoch from clock_timestamp() - locked_at)::float8 * 1000 as "heldMs"
  from graphile_worker.jobs where task_identifier = $1 and locked_at is not null`;
/** Of a consumer that nobody is: whoever takes it has nothing to do. */
const ADD = `select id::text from graphile_worker.add_job($1, json_build_object('consumer', 'torture', 'slot', 0, 'accountId', '0', 'eventId', '0'))`;
const LEFT = 'select count(*)::int as left from graphile_worker.jobs where id = $1';

export function watchJobs(connection: pg.ClientConfig): JobWatch {
  const pool = new pg.Pool({ ...connection, max: 2 });
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const orphaned = new Set<string>();
  let longestHeldMs = 0;
  let isStopping = false;
  const watching = (async () => {
    while (!isStopping) {
      // While it is away there is nothing to be seen.
      const held = await pool.query<{ id: string; heldMs: number }>(HELD, [APPLY_EVENT]).catch(() => undefined);
      for (const { id, heldMs } of held?.rows ?? []) {
        longestHeldMs = Math.max(longestHeldMs, heldMs);
        if (heldMs > ORPHANED_MS) orphaned.add(id);
      }
      await wait(LOOK_MS);
    }
  })();
  return {
    async probe(msMax) {
      const startedAt = performance.now();
      let id: string | undefined;
      while (performance.now() - startedAt <= msMax) {
        // A connection of ours that was cut as well is no news: the next look has another.
        if (id === undefined) id = (await pool.query<{ id: string }>(ADD, [APPLY_EVENT]).catch(() => undefined))?.rows[0]?.id;
        else {
          const left = await pool.query<{ left: number }>(LEFT, [id]).catch(() => undefined);
          if (left?.rows[0]?.left === 0) return Math.round(performance.now() - startedAt);
        }
        await wait(20);
      }
      return Number.POSITIVE_INFINITY;
    },
    figures: () => ({ longestHeldMs: Math.round(longestHeldMs), orphaned: orphaned.size }),
    async stop() {
      isStopping = true;
      await watching;
      await pool.end();
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
