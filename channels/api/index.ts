export { type ApiOptions, apiPlugin } from './api-plugin.ts';
export { apiRefusals } from './refusals.ts';
