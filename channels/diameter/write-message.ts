/**
 * Messages to octets. One pass into a buffer that is kept for the purpose, lengths filled in when their end is known, then
 * one copy of the right size: no sizes are worked out beforehand and no buffer is made for each AVP.
 */
import { assert } from '#platform/assert';
import { addressOctets } from './address.ts';
import { AVP_FLAG, type AvpDefinition, type PlainValues } from './avp-types.ts';
import { type AvpName, type CommandDefinition, type CommandName, commandOf, definitionOf, type TypeOfAvp } from './dictionary.ts';
import { HEADER_OCTETS, MESSAGE_FLAG, VERSION } from './message.ts';
import { secondsOfDate } from './time.ts';

/** What a message of ours, or a peer's, may take at most. Credit control needs some 1,500; the field has three octets for it. */
export const MESSAGE_OCTETS_MAX = 65_536;

/** What writing an AVP takes: its value, or its members. */
export type WriteValue<Name extends AvpName> = TypeOfAvp<Name> extends keyof PlainValues ? PlainValues[TypeOfAvp<Name>] : Avps;

/** An AVP to be written; or one that is already octets, whole and padded, as it was received. */
export type Avp =
  | { readonly definition: AvpDefinition; readonly value: PlainValues[keyof PlainValues] | Avps }
  | { readonly octets: Buffer };

/** In their order; what is undefined is left out, so that `x === undefined ? undefined : avp(…)` can stand in a list. */
export type Avps = readonly (Avp | undefined)[];

/** One AVP by its standard's name. Values that their format cannot hold throw when they are written: a fault of ours. */
export function avp<Name extends AvpName>(name: Name, value: WriteValue<Name>): Avp {
  return { definition: definitionOf(name), value };
}

export type OutgoingMessage = {
  readonly command: number;
  readonly application: number;
  /** Of MESSAGE_FLAG. */
  readonly flags: number;
  readonly hopByHop: number;
  readonly endToEnd: number;
  readonly avps: Avps;
};

/** The head of a request by its command's name. */
export function requestHead(name: CommandName): Pick<OutgoingMessage, 'command' | 'application' | 'flags'> {
  const { code, application, isProxiable }: CommandDefinition = commandOf(name);
  return { command: code, application, flags: MESSAGE_FLAG.REQUEST | (isProxiable ? MESSAGE_FLAG.PROXIABLE : 0) };
}

/** A header's worth more than the most, so that the assertions below are met before anything is cut off. */
const scratch = Buffer.allocUnsafeSlow(MESSAGE_OCTETS_MAX + 64);

/** The message's octets, in a buffer of its own. Throws when it is longer than MESSAGE_OCTETS_MAX. */
export function writeMessage(message: OutgoingMessage): Buffer {
  scratch[0] = VERSION;
  scratch[4] = message.flags;
  writeUInt24(5, message.command);
  writeUInt32(8, message.application);
  writeUInt32(12, message.hopByHop);
  writeUInt32(16, message.endToEnd);
  const end = writeAvps(message.avps, HEADER_OCTETS);
  writeUInt24(1, end);
  return Buffer.from(scratch.subarray(0, end));
}

/** AVPs alone, one after the other, to be put into messages as they are. */
export function writeAvpsAlone(avps: Avps): Buffer {
  return Buffer.from(scratch.subarray(0, writeAvps(avps, 0)));
}

function writeAvps(avps: Avps, from: number): number {
  let at = from;
  for (const each of avps) {
    if (each === undefined) continue;
    at = 'octets' in each ? writeOctets(each.octets, at) : writeAvp(each.definition, each.value, at);
  }
  return at;
}

function writeAvp(definition: AvpDefinition, value: PlainValues[keyof PlainValues] | Avps, start: number): number {
  needRoom(start, 20);
  const mandatory = definition.isMandatory ? AVP_FLAG.MANDATORY : 0;
  writeUInt32(start, definition.code);
  let data = start + 8;
  if (definition.vendor === 0) scratch[start + 4] = mandatory;
  else {
    scratch[start + 4] = AVP_FLAG.VENDOR | mandatory;
    writeUInt32(data, definition.vendor);
    data += 4;
  }
  const end = writeValue(definition, value, data);
  writeUInt24(start + 5, end - start);
  let at = end;
  for (; (at & 3) !== (start & 3); at += 1) scratch[at] = 0;
  return at;
}

function writeValue(definition: AvpDefinition, value: PlainValues[keyof PlainValues] | Avps, at: number): number {
  // The type of `avp` binds a value to its name's format; here only the format is left of it.
  switch (definition.type) {
    case 'Grouped':
      return writeAvps(value as Avps, at);
    case 'Unsigned32':
      return scratch.writeUInt32BE(value as number, at);
    case 'Enumerated':
    case 'Integer32':
      return scratch.writeInt32BE(value as number, at);
    case 'Unsigned64':
      return scratch.writeBigUInt64BE(value as bigint, at);
    case 'Integer64':
      return scratch.writeBigInt64BE(value as bigint, at);
    case 'Float32':
      return scratch.writeFloatBE(value as number, at);
    case 'Float64':
      return scratch.writeDoubleBE(value as number, at);
    case 'Time':
      return scratch.writeUInt32BE(secondsOfDate(value as Date), at);
    case 'Address':
      return writeOctets(addressOctets(value as PlainValues['Address']), at);
    case 'OctetString':
      return writeOctets(value as Buffer, at);
    default:
      return writeText(value as string, at);
  }
}

function writeOctets(octets: Buffer, at: number): number {
  needRoom(at, octets.length);
  return at + octets.copy(scratch, at);
}

/** Short texts of ASCII, nearly all there are, letter by letter, without a call into the platform for each. */
function writeText(text: string, at: number): number {
  const { length } = text;
  needRoom(at, length * 3);
  if (length > 64) return at + scratch.write(text, at, 'utf8');
  for (let place = 0; place < length; place += 1) {
    const letter = text.charCodeAt(place);
    if (letter >= 0x80) return at + scratch.write(text, at, 'utf8');
    scratch[at + place] = letter;
  }
  return at + length;
}

function needRoom(at: number, octets: number): void {
  assert(at + octets <= MESSAGE_OCTETS_MAX, `a message has at most ${MESSAGE_OCTETS_MAX} octets`);
}

function writeUInt24(at: number, value: number): void {
  scratch[at] = value >>> 16;
  scratch[at + 1] = value >>> 8;
  scratch[at + 2] = value;
}

function writeUInt32(at: number, value: number): void {
  scratch[at] = value >>> 24;
  writeUInt24(at + 1, value);
}
