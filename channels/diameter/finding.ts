/**
 * What is wrong with a message, in the protocol's own terms: the Result-Code to answer with, and what Failed-AVP must hold
 * (RFC 6733 §7.1 and §7.5). A finding is a value; nothing a peer sends makes the codec throw.
 */
import type { AvpDefinition } from './avp-types.ts';
import { AVP_FLAG } from './avp-types.ts';
import { headerOctets, lengthOf, readUInt32 } from './message.ts';
import { FIXED_OCTETS } from './read-value.ts';

export type Finding = {
  readonly resultCode: number;
  /** For whoever reads logs on either side: Error-Message. */
  readonly why: string;
  /** Whole AVPs, padded: the content of Failed-AVP. */
  readonly failed: Buffer | undefined;
};

/** What we copy back of one AVP; a longer one is told by its header and an empty value of its format. */
export const FAILED_OCTETS_MAX = 4096;

const padded = (length: number): number => (length + 3) & ~3;

/** The offending AVP, as it came. Its length has been checked against its surroundings. */
export function copyAvp(octets: Buffer, start: number, definition: AvpDefinition | undefined): Buffer {
  const length = lengthOf(octets, start);
  if (length > FAILED_OCTETS_MAX) return emptyAvp(octets, start, definition);
  const copy = Buffer.alloc(padded(length));
  octets.copy(copy, 0, start, start + length);
  return copy;
}

/**
 * The header of an AVP whose length cannot be, with zeros for the least its format takes; what is missing of the header is
 * zeros too (§7.1.5, 5014). The length is that of the copy: an answer of ours is well formed whatever it tells of.
 */
export function emptyAvp(octets: Buffer, start: number, definition: AvpDefinition | undefined): Buffer {
  const header = Buffer.alloc(12);
  octets.copy(header, 0, start, Math.min(start + 12, octets.length));
  const headerLength = headerOctets(header, 0);
  const length = headerLength + leastOctets(definition);
  const copy = Buffer.alloc(padded(length));
  header.copy(copy, 0, 0, headerLength);
  copy.writeUIntBE(length, 5, 3);
  return copy;
}

/** An example of an AVP that is missing: its header, and zeros (§7.1.5, 5005). */
export function missingAvp(definition: AvpDefinition): Buffer {
  const headerLength = definition.vendor === 0 ? 8 : 12;
  const length = headerLength + leastOctets(definition);
  const example = Buffer.alloc(padded(length));
  example.writeUInt32BE(definition.code, 0);
  example[4] = (definition.vendor === 0 ? 0 : AVP_FLAG.VENDOR) | (definition.isMandatory ? AVP_FLAG.MANDATORY : 0);
  example.writeUIntBE(length, 5, 3);
  if (definition.vendor !== 0) example.writeUInt32BE(definition.vendor, 8);
  return example;
}

/** §7.5: what failed inside a group is told inside the headers of the groups it stands in. */
export function wrapFailed(finding: Finding, octets: Buffer, groupStart: number): Finding {
  if (finding.failed === undefined) return finding;
  const headerLength = headerOctets(octets, groupStart);
  const header = Buffer.from(octets.subarray(groupStart, groupStart + headerLength));
  header.writeUIntBE(headerLength + finding.failed.length, 5, 3);
  return { ...finding, failed: Buffer.concat([header, finding.failed]) };
}

/** `Rating-Group`, or its numbers when no table has it. */
export function nameAvp(octets: Buffer, start: number, definition: AvpDefinition | undefined): string {
  if (definition !== undefined) return definition.name;
  const vendor = headerOctets(octets, start) === 12 && octets.length - start >= 12 ? ` of vendor ${readUInt32(octets, start + 8)}` : '';
  return `AVP ${readUInt32(octets, start)}${vendor}`;
}

function leastOctets(definition: AvpDefinition | undefined): number {
  if (definition === undefined) return 0;
  // Address: its family and an IPv4 address, the least there is.
  return definition.type === 'Address' ? 6 : FIXED_OCTETS[definition.type];
}
