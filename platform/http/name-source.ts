/**
 * Where a request came from, as budgets count it: the connection's address, an IPv6 one by its /64 (what one subscriber line
 * is given; counted singly, anybody has 2⁶⁴ of them), and kept as a mark only.
 */
import { isIPv6 } from 'node:net';
import type { Sealer } from '#platform/seal';

export function nameSource(sealer: Sealer, address: string): string {
  return sealer.mark('source', networkOf(address));
}

/** "192.0.2.1" stays, "::ffff:192.0.2.1" becomes it, "2001:db8:0:1:2::3" becomes "2001:db8:0:1". Anything else stays as it is. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const bare = address.replace(/%.*$/, '').toLowerCase();
  if (!isIPv6(bare)) return address;
  const [head = '', tail = ''] = bare.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const left = bare.includes('::')
    ? [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after]
    : before;
  return left
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
