/** What every use case of self-care is handed. */

import type { Asker } from '#channels/web';
import type { Asker as DomainAsker } from '#domain/access';
import type { OrdersHouse, OrderWatch, RenderReceipt } from '#domain/orders';
import { nameSource } from '#platform/http';
import type { Sealer } from '#platform/seal';

export type Desk = {
  readonly house: OrdersHouse;
  readonly sealer: Sealer;
  readonly watch: OrderWatch;
  readonly renderReceipt: RenderReceipt;
  /** Origins of the provider's pages: "https://checkout.stripe.com". */
  readonly paymentOrigins: readonly string[];
};

/** Self-care without sign-in is for guests: by number alone, known by where they ask from. */
export function guestOf({ sealer }: Pick<Desk, 'sealer'>, { source }: Asker): DomainAsker & { kind: 'guest' } {
  return { kind: 'guest', source: nameSource(sealer, source) };
}
