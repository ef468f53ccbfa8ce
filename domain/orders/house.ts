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
  /** Where an order's page is, for returning from the provider: `https://…/o/<link>`. */
  readonly orderUrl: (link: string) => string;
};
