/** The scripts of self-care, each under an address that changes with its content: fetched once, kept for good. */
import { createHash } from 'node:crypto';
import liveOrder from './live-order.js?raw';
import passkey from './passkey.js?raw';

const hashOf = (source: string): string => createHash('sha256').update(source).digest('hex').slice(0, 10);
const addressOf = (name: string, source: string): string => `/${name}.${hashOf(source)}.js`;

export const scriptAddress = addressOf('live-order', liveOrder);
export const passkeyAddress = addressOf('passkey', passkey);

const SCRIPTS: Readonly<Record<string, string>> = { [scriptAddress]: liveOrder, [passkeyAddress]: passkey };

/** Undefined for any other address, also for that of an older content. */
export function scriptAt(path: string): string | undefined {
  return SCRIPTS[path];
}
