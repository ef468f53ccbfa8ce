/** The one script of self-care, under an address that changes with its content: fetched once, kept for good. */
import { createHash } from 'node:crypto';
import source from './live-order.js?raw';

export const script = source;
export const scriptHash = createHash('sha256').update(source).digest('hex').slice(0, 10);
export const scriptAddress = `/live-order.${scriptHash}.js`;
