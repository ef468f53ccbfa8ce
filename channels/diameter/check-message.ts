/**
 * One pass over a whole message against the dictionary: bounds, bits, formats, and the grammar of its command and of each
 * group. It makes no object unless it finds something, since every message of a charging peer goes through it.
 */
import { AVP_FLAG, type AvpDefinition } from './avp-types.ts';
import { ERROR_ANSWER_GRAMMAR, findAvp, findCommand } from './dictionary.ts';
import { copyAvp, emptyAvp, type Finding, missingAvp, nameAvp, wrapFailed } from './finding.ts';
import { type Grammar, NOT_LISTED, REPEATABLE, REPEATED_FROM, WORD_BITS } from './grammar.ts';
import { HEADER_OCTETS, headerOctets, lengthOf, MESSAGE_FLAG, type Message, readUInt32, VERSION, vendorOf } from './message.ts';
import { checkPlainValue } from './read-value.ts';
import { RESULT } from './result-codes.ts';

/** AVPs in a message, those in groups counted. */
export const AVPS_MAX = 2000;
/** Groups inside groups. The deepest that 3GPP has is six. */
export const DEPTH_MAX = 12;

const fault = (resultCode: number, why: string, failed?: Buffer): Finding => ({ resultCode, why, failed });

/** What is wrong with the header alone, before anything is known of its command; undefined when nothing is. */
export function checkHeader(message: Message): Finding | undefined {
  if (message.version !== VERSION) return fault(RESULT.UNSUPPORTED_VERSION, `Diameter version ${message.version}; this is version 1`);
  if (message.octets.length % 4 !== 0) return fault(RESULT.INVALID_MESSAGE_LENGTH, 'a message length is a multiple of 4');
  // §3 has a receiver ignore them, §7.1.5 names a code for them; a bit that asks for what we do not know is not passed over.
  if ((message.flags & MESSAGE_FLAG.RESERVED) !== 0) return fault(RESULT.INVALID_BIT_IN_HEADER, 'a reserved bit of the header is set');
  if (message.isRequest && message.isError) return fault(RESULT.INVALID_HDR_BITS, 'a request with the E bit');
  if (!message.isRequest && message.isRetransmitted) return fault(RESULT.INVALID_HDR_BITS, 'an answer with the T bit');
  return undefined;
}

/**
 * What is wrong with the message, the first thing there is; undefined when nothing is. The command's application must be
 * known (`findCommand`), else it is 3001; whether it is served here is the caller's to say.
 */
export function checkMessage(message: Message): Finding | undefined {
  const inHeader = checkHeader(message);
  if (inHeader !== undefined) return inHeader;
  const command = findCommand(message.command, message.application);
  if (command === undefined) return fault(RESULT.COMMAND_UNSUPPORTED, `command ${message.command} of application ${message.application}`);
  if (message.isProxiable && !command.isProxiable) return fault(RESULT.INVALID_HDR_BITS, `${command.name} is not proxiable`);
  const grammar = message.isError ? ERROR_ANSWER_GRAMMAR : message.isRequest ? command.request : command.answer;
  return checkAvps(new Scan(message.octets), HEADER_OCTETS, message.octets.length, grammar, 0);
}

/** Whether an answer of ours holds to the grammar of errors, whatever its command is (which may be one nobody knows). */
export function checkErrorAnswer(message: Message): Finding | undefined {
  return checkHeader(message) ?? checkAvps(new Scan(message.octets), HEADER_OCTETS, message.octets.length, ERROR_ANSWER_GRAMMAR, 0);
}

/** What one pass carries along: where it looks, and how many AVPs it may still meet. */
class Scan {
  readonly octets: Buffer;
  avpsLeft = AVPS_MAX;
  constructor(octets: Buffer) {
    this.octets = octets;
  }
}

/** The members of a message or group, from start to end. */
function checkAvps(scan: Scan, from: number, end: number, grammar: Grammar, depth: number): Finding | undefined {
  const { octets } = scan;
  let seenLow = 0;
  let seenHigh = 0;
  // The last AVP of a group may lack its padding: it lies wholly inside, so nothing is lost by reading it.
  for (let start = from; start < end; start += (lengthOf(octets, start) + 3) & ~3) {
    scan.avpsLeft -= 1;
    if (scan.avpsLeft < 0) return fault(RESULT.UNABLE_TO_COMPLY, `more than ${AVPS_MAX} AVPs`);
    const misfit = checkFit(octets, start, end);
    if (misfit !== undefined) return misfit;
    const flags = octets[start + 4] ?? 0;
    const definition = findAvp(readUInt32(octets, start), vendorOf(octets, start));
    if ((flags & AVP_FLAG.RESERVED) !== 0 || ((flags & AVP_FLAG.VENDOR) !== 0 && vendorOf(octets, start) === 0))
      return fault(RESULT.INVALID_AVP_BITS, `the flags of ${nameAvp(octets, start, definition)}`, copyAvp(octets, start, definition));
    const slot = definition === undefined ? NOT_LISTED : (grammar.slots[definition.index] ?? NOT_LISTED);
    if (slot === NOT_LISTED) {
      const stranger = checkStranger(octets, start, definition, grammar);
      if (stranger !== undefined) return stranger;
    } else if (slot !== REPEATABLE) {
      const place = slot >= REPEATED_FROM ? slot - REPEATED_FROM : slot;
      const bit = 1 << (place % WORD_BITS);
      const isAgain = ((place < WORD_BITS ? seenLow : seenHigh) & bit) !== 0;
      if (isAgain && slot < REPEATED_FROM) {
        const why = `${nameAvp(octets, start, definition)} again`;
        return fault(RESULT.AVP_OCCURS_TOO_MANY_TIMES, why, copyAvp(octets, start, definition));
      }
      if (place < WORD_BITS) seenLow |= bit;
      else seenHigh |= bit;
    }
    if (definition === undefined) continue;
    const wrong = checkValue(scan, start, definition, depth);
    if (wrong !== undefined) return wrong;
  }
  return checkPresence(grammar, seenLow, seenHigh);
}

/** Whether an AVP that begins here also ends here: 5014, with what can be told of it. */
function checkFit(octets: Buffer, start: number, end: number): Finding | undefined {
  const isWhole = end - start >= 8 && end - start >= headerOctets(octets, start);
  if (isWhole) {
    const length = lengthOf(octets, start);
    if (length >= headerOctets(octets, start) && start + length <= end) return undefined;
  }
  const inBounds = octets.subarray(start, end);
  const definition = isWhole ? findAvp(readUInt32(octets, start), vendorOf(octets, start)) : undefined;
  const why = isWhole
    ? `the length of ${nameAvp(octets, start, definition)} is ${lengthOf(octets, start)}`
    : `${end - start} octets where an AVP would begin`;
  return fault(RESULT.INVALID_AVP_LENGTH, why, emptyAvp(inBounds, 0, definition));
}

/** What the grammar does not list: unknown and marked M is 5001, known and marked M in a closed group 5008; the rest stays opaque. */
function checkStranger(octets: Buffer, start: number, definition: AvpDefinition | undefined, grammar: Grammar): Finding | undefined {
  if (((octets[start + 4] ?? 0) & AVP_FLAG.MANDATORY) === 0) return undefined;
  if (definition === undefined) {
    const why = `${nameAvp(octets, start, definition)} is mandatory and not known`;
    return fault(RESULT.AVP_UNSUPPORTED, why, copyAvp(octets, start, definition));
  }
  if (!grammar.isClosed) return undefined;
  return fault(RESULT.AVP_NOT_ALLOWED, `${definition.name} has no place here`, copyAvp(octets, start, definition));
}

function checkValue(scan: Scan, start: number, definition: AvpDefinition, depth: number): Finding | undefined {
  const { octets } = scan;
  const data = start + headerOctets(octets, start);
  const end = start + lengthOf(octets, start);
  if (definition.grammar !== undefined) {
    // Failed-AVP quotes what was wrong, so its members are not held to be right.
    if (definition.code === FAILED_AVP) return undefined;
    if (depth >= DEPTH_MAX) return fault(RESULT.UNABLE_TO_COMPLY, `groups nested more than ${DEPTH_MAX} deep`);
    const inside = checkAvps(scan, data, end, definition.grammar, depth + 1);
    return inside === undefined ? undefined : wrapFailed(inside, octets, start);
  }
  const resultCode = checkPlainValue(definition, octets, data, end);
  if (resultCode === 0) return undefined;
  return fault(resultCode, `the value of ${definition.name}`, copyAvp(octets, start, definition));
}

const FAILED_AVP = 279;

function checkPresence(grammar: Grammar, seenLow: number, seenHigh: number): Finding | undefined {
  if ((seenLow & grammar.requiredLow) === grammar.requiredLow && (seenHigh & grammar.requiredHigh) === grammar.requiredHigh)
    return undefined;
  const missing = grammar.members.find((_, place) => {
    const bit = 1 << (place % WORD_BITS);
    const [required, seen] = place < WORD_BITS ? [grammar.requiredLow, seenLow] : [grammar.requiredHigh, seenHigh];
    return (required & bit) !== 0 && (seen & bit) === 0;
  });
  if (missing === undefined) return undefined;
  return fault(RESULT.MISSING_AVP, `${missing.name} is missing`, missingAvp(missing));
}
