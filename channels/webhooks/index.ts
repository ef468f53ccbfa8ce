export { type WebhooksOptions, webhooksPlugin } from './open-webhooks.ts';
