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

/** A guest is known by where they ask from; whoever is signed in by who they are, and may do what `access` allows them. */
export function personOf({ sealer }: Pick<Desk, 'sealer'>, { source, signIn }: Asker): Exclude<DomainAsker, { kind: 'operator' }> {
  const mark = nameSource(sealer, source);
  return signIn === undefined ? { kind: 'guest', source: mark } : { kind: 'person', personId: signIn.personId, source: mark };
}
