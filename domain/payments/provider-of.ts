import { present } from '#platform/assert';
import type { PaymentProvider, Providers } from './provider.ts';

/** A row that names a provider we no longer run with is a fault of configuration: nothing can be asked or refunded there. */
export function providerOf(providers: Providers, code: string): PaymentProvider {
  return present(providers[code], `the payment provider ${code} is configured as long as its payments are kept`);
}
