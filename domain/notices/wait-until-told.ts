import type { Tools } from '#platform/tools';
import { type OrderKey, readOrderDeliveries } from './list-notices.ts';

const ASK_EVERY_MS = 50;
const PATIENCE_MS = 10_000;

/**
 * When the first notice of an order left (transport time): another process may hold it while it is being sent. Null where
 * none has left after ten seconds: no channel took it, and it is tried again later.
 */
export async function waitUntilTold({ database }: Pick<Tools, 'database'>, key: OrderKey): Promise<Date | null> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    const deliveries = await readOrderDeliveries(database, key);
    const endedAt = deliveries.map((one) => one.endedAt).find((at) => at !== null);
    if (endedAt !== undefined) return endedAt;
    if (performance.now() > until) return null;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}
