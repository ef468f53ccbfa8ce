/**
 * The Address format (RFC 6733 §4.3.1): two octets of IANA's address family, then the address. IPv4, IPv6 and E.164 (which
 * TS 32.299 uses for the addresses of message centres) are told as text; any other family is kept as it came.
 */
import { isIPv4, isIPv6 } from 'node:net';
import { assert } from '#platform/assert';

export type DiameterAddress =
  | { readonly family: 'ipv4' | 'ipv6' | 'e164'; readonly text: string }
  | { readonly family: number; readonly octets: Buffer };

const IPV4 = 1;
const IPV6 = 2;
const E164 = 8;

/** `192.0.2.1` or `2001:db8::1`; an IPv4 address in IPv6's clothes (as sockets tell it) is told as IPv4. Throws when it is neither. */
export function ipAddress(text: string): DiameterAddress {
  const plain = text.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  assert(isIPv4(plain) || isIPv6(plain), `an IP address: ${text}`);
  return { family: isIPv4(plain) ? 'ipv4' : 'ipv6', text: plain };
}

/** Whether the octets from start to end are an Address; of families that are not IP only that there is one. */
export function isAddress(octets: Buffer, start: number, end: number): boolean {
  if (end - start < 2) return false;
  const family = octets.readUInt16BE(start);
  return family === IPV4 ? end - start === 6 : family === IPV6 ? end - start === 18 : true;
}

export function readAddress(octets: Buffer, start: number, end: number): DiameterAddress {
  const family = octets.readUInt16BE(start);
  const at = start + 2;
  if (family === IPV4) return { family: 'ipv4', text: `${octets[at]}.${octets[at + 1]}.${octets[at + 2]}.${octets[at + 3]}` };
  if (family === IPV6) return { family: 'ipv6', text: formatIPv6(octets, at) };
  const rest = octets.subarray(at, end);
  // E.164 is digits; what is not is shown to nobody as a number.
  if (family === E164 && rest.every((octet) => octet >= 0x30 && octet <= 0x39)) return { family: 'e164', text: rest.toString('latin1') };
  return { family, octets: rest };
}

export function addressOctets(address: DiameterAddress): Buffer {
  if ('octets' in address) return Buffer.concat([familyOctets(address.family), address.octets]);
  if (address.family === 'ipv4') return Buffer.from([0, IPV4, ...address.text.split('.').map(Number)]);
  if (address.family === 'ipv6') return Buffer.concat([familyOctets(IPV6), parseIPv6(address.text)]);
  return Buffer.concat([familyOctets(E164), Buffer.from(address.text, 'latin1')]);
}

function familyOctets(family: number): Buffer {
  return Buffer.from([family >> 8, family & 0xff]);
}

/** As RFC 5952 §4 has it: lower case, no leading zeros, the longest run of zero groups (the first of equals) as `::`. */
function formatIPv6(octets: Buffer, at: number): string {
  const groups = Array.from({ length: 8 }, (_, place) => octets.readUInt16BE(at + place * 2));
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start += 1) {
    let length = 0;
    while (groups[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.start < 0) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

function parseIPv6(text: string): Buffer {
  assert(isIPv6(text), `an IPv6 address: ${text}`);
  // A tail in dotted form stands for two groups.
  const hex = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
    const pair = (high: string, low: string): string => (Number(high) * 256 + Number(low)).toString(16);
    return `${pair(a, b)}:${pair(c, d)}`;
  });
  const [head = '', tail] = hex.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const middle = new Array<string>(8 - left.length - right.length).fill('0');
  return Buffer.from(
    [...left, ...middle, ...right].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]),
  );
}
