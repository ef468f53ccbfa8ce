/** Whether the database answers now, within so short a time that a request can still be answered without it. */
import { type Queries, statement } from '#platform/database';

const ping = statement<Record<string, never>, { one: number }>(import.meta.dirname, 'ping');

export function isReachable(queries: Queries, waitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), waitMs);
    queries.query(ping, {}).then(
      () => resolve(true),
      () => resolve(false),
    );
    timer.unref();
  });
}
