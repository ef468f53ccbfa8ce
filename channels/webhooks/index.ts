export { type WebhooksOptions, webhooksPlugin } from './webhooks-plugin.ts';
