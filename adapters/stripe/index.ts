export type { StripeOptions } from './stripe-client.ts';
export { createStripeProvider } from './stripe-provider.ts';
