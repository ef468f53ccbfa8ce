import type { Catalog } from '#domain/catalog';
import type { Providers } from '#domain/payments';
import type { Tools } from '#platform/tools';

/** What orders need around them, beside the tools of every use case. */
export type OrdersHouse = Tools & {
  /** The catalogue as it is now, from memory. */
  readonly catalog: () => Catalog;
  readonly providers: Providers;
  /** Code of the provider that new pages are opened at. */
  readonly providerCode: string;
  /** Told after the commit in which something took effect for an account; it neither waits nor fails. The outbox tells of it again. */
  readonly tookEffect?: (account: { readonly slot: number; readonly accountId: bigint }) => void;
  /** Where an order's page is, for returning from the provider: `https://…/o/<link>`. */
  readonly orderUrl: (link: string) => string;
};
