/**
 * What an AVP is: the data formats of RFC 6733 §4.2 and §4.3, the values they have here, and the shape of the tables that
 * list them. Numbers of 64 bits are bigint, so that octet counts stay exact; instants are Date.
 */
import type { DiameterAddress } from './address.ts';
import type { Grammar } from './grammar.ts';

export type AvpType =
  | 'OctetString'
  | 'Integer32'
  | 'Integer64'
  | 'Unsigned32'
  | 'Unsigned64'
  | 'Float32'
  | 'Float64'
  | 'Grouped'
  | 'Address'
  | 'Time'
  | 'UTF8String'
  | 'DiameterIdentity'
  | 'DiameterURI'
  | 'Enumerated'
  | 'IPFilterRule';

/** The value of each format but Grouped, whose members are read or written in a group of their own. */
export type PlainValues = {
  OctetString: Buffer;
  Integer32: number;
  Integer64: bigint;
  Unsigned32: number;
  Unsigned64: bigint;
  Float32: number;
  Float64: number;
  Address: DiameterAddress;
  Time: Date;
  UTF8String: string;
  DiameterIdentity: string;
  DiameterURI: string;
  Enumerated: number;
  IPFilterRule: string;
};

/** `M` when the standard has the sender set the M bit, `-` when not. What a peer sets is its own affair. */
type Mandatory = 'M' | '-';
type Values = Readonly<Record<string, number>>;

/**
 * A line of a table: code, format, M bit; then the grammar of a group, or the names of an enumeration. An enumeration is
 * `closed` when a value outside of it cannot be acted on (5004); others grow with each release of their standard.
 */
type AvpRow =
  | readonly [code: number, type: Exclude<AvpType, 'Grouped' | 'Enumerated'>, mandatory: Mandatory]
  | readonly [code: number, type: 'Grouped', mandatory: Mandatory, grammar: string]
  | readonly [code: number, type: 'Enumerated', mandatory: Mandatory, values: Values, closed?: 'closed'];

export type AvpTable = Readonly<Record<string, AvpRow>>;

/** A line of a table as the codec uses it. */
export type AvpDefinition = {
  readonly name: string;
  readonly code: number;
  /** IANA's enterprise number; 0 for the IETF's own, which are sent without the V bit. */
  readonly vendor: number;
  readonly type: AvpType;
  readonly isMandatory: boolean;
  /** Its place among all definitions; grammars are arrays by it. */
  readonly index: number;
  /** Of a closed enumeration; what is not among them is 5004. */
  readonly closedValues: ReadonlySet<number> | undefined;
  readonly values: Values | undefined;
  /** Of a group. Filled in once all definitions are known. */
  grammar: Grammar | undefined;
};

/** The flags octet of an AVP (RFC 6733 §4.1). P is deprecated: never sent, and not held against its sender. */
export const AVP_FLAG = { VENDOR: 0x80, MANDATORY: 0x40, PROTECTED: 0x20, RESERVED: 0x1f } as const;
