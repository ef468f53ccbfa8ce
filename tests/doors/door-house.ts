/** What doors stand on in tests: a whole test house, its catalogue as a running program has it, receipts really drawn, notices told. */
import { composeReceipt, renderReceiptPdf } from '#adapters/documents';
import { type CatalogCache, createCatalogCache } from '#domain/catalog';
import { applyEvent, isNoticeEvent, sendWaiting } from '#domain/notices';
import { completeEvent, createOrderWatch, type OrderWatch, type RenderReceipt } from '#domain/orders';
import { applyWaiting, type Consumer } from '#platform/outbox';
import { openSealer, type Sealer } from '#platform/seal';
import { consumersOf, type HouseOptions, type TestHouse, testHouse } from '#tests/house';

export type DoorHouse = TestHouse & {
  readonly cache: CatalogCache;
  readonly sealer: Sealer;
  readonly watch: OrderWatch;
  readonly renderReceipt: RenderReceipt;
  /** What the watch could not ask. */
  readonly troubles: unknown[];
  /** The outbox is emptied: delivered and told. */
  settle(): Promise<void>;
};

export async function doorHouse(t: { after(end: () => Promise<void>): void }, options: HouseOptions = {}): Promise<DoorHouse> {
  const base = await testHouse(t, options);
  const cache = createCatalogCache(base.tools);
  await cache.current();
  const troubles: unknown[] = [];
  const house = { ...base.house, catalog: () => cache.latest() };
  const watch = createOrderWatch(house, { onTrouble: (error) => troubles.push(error), patienceMs: 20_000 });
  const notices: Consumer = {
    name: 'notices',
    kinds: 'all',
    async apply(tx, event) {
      const about = {
        catalog: cache.latest(),
        publicUrl: 'https://northwind.example',
        linePath: (number: string) => `/?number=${encodeURIComponent(number)}`,
        securityPath: '/security',
      };
      if (isNoticeEvent(event)) await applyEvent(base.tools, tx, await completeEvent(tx, event), about);
    },
  };
  return {
    ...{ ...base, house, cache, watch, troubles },
    sealer: await openSealer(base.database),
    renderReceipt: (receipt, creditNotes, reading) => renderReceiptPdf(composeReceipt(receipt, creditNotes, reading)),
    async settle() {
      while ((await applyWaiting(base.tools, [...consumersOf(house), notices])) > 0);
      await sendWaiting(base.tools, {});
    },
  };
}
