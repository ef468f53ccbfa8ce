/**
 * One value out of its octets, and whether the octets are one. Both are total: they answer for any octets within the bounds
 * they are given, and the bounds are the caller's promise (`AvpGroup` and `checkMessage` see to it).
 */
import { isUtf8 } from 'node:buffer';
import { isAddress, readAddress } from './address.ts';
import type { AvpDefinition, AvpType, PlainValues } from './avp-types.ts';
import { RESULT } from './result-codes.ts';
import { isIPFilterRule, parseDiameterUri } from './text-formats.ts';
import { dateOfSeconds } from './time.ts';

/** Octets of the formats that have a size; 0 for those that have none. */
export const FIXED_OCTETS: Readonly<Record<AvpType, number>> = {
  OctetString: 0,
  Integer32: 4,
  Integer64: 8,
  Unsigned32: 4,
  Unsigned64: 8,
  Float32: 4,
  Float64: 8,
  Grouped: 0,
  Address: 0,
  Time: 4,
  UTF8String: 0,
  DiameterIdentity: 0,
  DiameterURI: 0,
  Enumerated: 4,
  IPFilterRule: 0,
};

/** The value of any format but Grouped; undefined when the octets are none. */
export function readPlainValue(
  type: Exclude<AvpType, 'Grouped'>,
  octets: Buffer,
  start: number,
  end: number,
): PlainValues[keyof PlainValues] | undefined {
  const size = FIXED_OCTETS[type];
  if (size !== 0 && end - start !== size) return undefined;
  switch (type) {
    case 'Unsigned32':
      return octets.readUInt32BE(start);
    case 'Enumerated':
    case 'Integer32':
      return octets.readInt32BE(start);
    case 'Unsigned64':
      return octets.readBigUInt64BE(start);
    case 'Integer64':
      return octets.readBigInt64BE(start);
    case 'Float32':
      return octets.readFloatBE(start);
    case 'Float64':
      return octets.readDoubleBE(start);
    case 'Time':
      return dateOfSeconds(octets.readUInt32BE(start));
    case 'Address':
      return isAddress(octets, start, end) ? readAddress(octets, start, end) : undefined;
    case 'OctetString':
      return octets.subarray(start, end);
    default:
      return octets.toString('utf8', start, end);
  }
}

/** The Result-Code that says what is wrong with the octets as a value of the definition; 0 when nothing is. Grouped is the caller's. */
export function checkPlainValue(definition: AvpDefinition, octets: Buffer, start: number, end: number): number {
  const size = FIXED_OCTETS[definition.type];
  if (size !== 0) {
    if (end - start !== size) return RESULT.INVALID_AVP_LENGTH;
    if (definition.closedValues === undefined) return 0;
    return definition.closedValues.has(octets.readInt32BE(start)) ? 0 : RESULT.INVALID_AVP_VALUE;
  }
  switch (definition.type) {
    case 'UTF8String':
      return isText(octets, start, end) ? 0 : RESULT.INVALID_AVP_VALUE;
    case 'DiameterIdentity':
      return isIdentity(octets, start, end) ? 0 : RESULT.INVALID_AVP_VALUE;
    case 'Address':
      if (end - start < 2) return RESULT.INVALID_AVP_LENGTH;
      return isAddress(octets, start, end) ? 0 : RESULT.INVALID_AVP_LENGTH;
    case 'DiameterURI':
      return parseDiameterUri(octets.toString('latin1', start, end)) === undefined ? RESULT.INVALID_AVP_VALUE : 0;
    case 'IPFilterRule':
      return isIPFilterRule(octets.toString('latin1', start, end)) ? 0 : RESULT.INVALID_AVP_VALUE;
    default:
      return 0;
  }
}

/**
 * Nearly all texts here are ASCII: a loop over them makes no object, and only what is not goes to the platform's own check. Zero is UTF-8,
 * but no name of anything (RFC 6733 §4.3.1 wants no control codes), and PostgreSQL keeps no text with it.
 */
function isText(octets: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const octet = octets[at] ?? 0;
    if (octet === 0) return false;
    if (octet >= 0x80) return isUtf8(octets.subarray(at, end)) && !octets.subarray(at, end).includes(0);
  }
  return true;
}

/** A host or realm name: letters, digits, hyphen, dot, and the underscore that some give their machines. At least one. */
function isIdentity(octets: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if (IDENTITY_OCTETS[octets[at] ?? 0] !== 1) return false;
  }
  return end > start;
}

const IDENTITY_OCTETS = Uint8Array.from({ length: 256 }, (_, octet) => (/[A-Za-z0-9._-]/.test(String.fromCharCode(octet)) ? 1 : 0));
