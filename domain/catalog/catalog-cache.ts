/**
 * The catalogue of a running process: one picture in memory, asked at most once a second whether it is old. A price that
 * was changed is seen everywhere within that second, and no purchase queries the catalogue's tables.
 */
import { present } from '#platform/assert';
import type { Tools } from '#platform/tools';
import type { Catalog } from './catalog.ts';
import { catalogRevision, loadCatalog } from './load-catalog.ts';

export type CatalogCache = {
  /** The catalogue, at most a second old. Awaited at a door, once a request. */
  current(): Promise<Catalog>;
  /** What the last `current` or `refresh` found, without waiting; before the first of them, a fault. */
  latest(): Catalog;
  /** The catalogue as it is now: after a change made by this process. */
  refresh(): Promise<Catalog>;
};

/** Transport milliseconds within which a picture is taken as it is. */
const FRESH_MS = 1_000;

export function createCatalogCache({ database, clock }: Pick<Tools, 'database' | 'clock'>): CatalogCache {
  let held: Catalog | undefined;
  let heldAtMs = Number.NEGATIVE_INFINITY;
  let asking: Promise<Catalog> | undefined;

  async function ask(): Promise<Catalog> {
    const askedAtMs = clock.transport().getTime();
    const found = held !== undefined && (await catalogRevision(database)) === held.revision ? held : await loadCatalog(database);
    // Of two that ask at once, the slower may have found the older.
    if (held === undefined || found.revision >= held.revision) held = found;
    heldAtMs = Math.max(heldAtMs, askedAtMs);
    return held;
  }

  return {
    async current() {
      const ageMs = clock.transport().getTime() - heldAtMs;
      if (held !== undefined && ageMs < FRESH_MS) return held;
      // Those who come meanwhile wait for the same answer.
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      return asking;
    },
    latest: () => present(held, 'the catalogue is read before it is used'),
    refresh: ask,
  };
}
