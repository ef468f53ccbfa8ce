/** How a demonstration is paid: the payment simulator, called by the same adapter as Stripe itself. */
import { createStripeProvider } from '#adapters/stripe';
import type { PaymentProvider } from '#domain/payments';
import { type Config, ConfigTrouble } from '#platform/config';
import type { Log } from '#platform/log';
import { hostParts } from '../house/index.ts';
import { type Simulator, startSimulator } from './start-simulator.ts';

export type DemonstrationTill = Simulator & { readonly provider: PaymentProvider };

type TillOptions = { readonly config: Config; readonly log: Log; readonly port: number; readonly webhookUrl: string };

/** Starts the simulator, at `port` or the next free one; 0 takes any. */
export async function openTill({ config, log, port, webhookUrl }: TillOptions): Promise<DemonstrationTill> {
  const simulator = await startSimulator(config.home, port, webhookUrl);
  const onTrouble = (cause: string) => log.warn({ cause }, 'the payment provider gave no clear answer');
  const { key: secretKey, webhookSecret, url } = simulator;
  return { ...simulator, provider: createStripeProvider({ secretKey, webhookSecrets: [webhookSecret], ...hostParts(url), onTrouble }) };
}

/** Throws ConfigTrouble where a real provider is configured: three months of invented payments are nothing to send there. */
export function forbidRealMoney({ stripe }: Config): void {
  if (stripe === undefined || stripe.host !== undefined) return;
  throw new ConfigTrouble(
    'STRIPE_SECRET_KEY is set, and the demonstration is paid with invented cards. Leave it out, or say everline init for an operator of your own.',
  );
}
