/**
 * The grammars of commands and groups, read from the notation the standards print them in (RFC 6733 §3.2), so that a table
 * can be held against its clause by eye:
 *
 *     < X > { X }   once          [ X ]   at most once         * [ X ]  any number       1* { X }  once or more
 *     * [ AVP ]     anything else that is known may stand there too
 */
import { assert } from '#platform/assert';
import type { AvpDefinition } from './avp-types.ts';

export type Grammar = {
  /** By the index of a definition: NOT_LISTED, REPEATABLE, or the bit that remembers it was there. */
  readonly slots: Int8Array;
  /** Definitions by bit: the first 31 in the low word, the rest in the high one. */
  readonly members: readonly AvpDefinition[];
  readonly requiredLow: number;
  readonly requiredHigh: number;
  /** Without `* [ AVP ]`: nothing but what is listed may be there. */
  readonly isClosed: boolean;
};

export const NOT_LISTED = -1;
export const REPEATABLE = 127;
/** Bits in a word: 31, so that it stays a small integer. */
export const WORD_BITS = 31;
const MEMBERS_MAX = 2 * WORD_BITS;

const ITEM = /(\d*\*\d*)?\s*([<{[])\s*([A-Za-z0-9-]+)\s*[>}\]]/g;

/** Throws when the notation is not that of the standards, or names what no table has. */
export function parseGrammar(notation: string, definitions: ReadonlyMap<string, AvpDefinition>): Grammar {
  assert(notation.replace(ITEM, '').trim() === '', `a grammar in the notation of RFC 6733: ${notation}`);
  const slots = new Int8Array(definitions.size).fill(NOT_LISTED);
  const members: AvpDefinition[] = [];
  const required = [0, 0];
  let isClosed = true;
  for (const [, repeat, bracket, name = ''] of notation.matchAll(ITEM)) {
    if (name === 'AVP') {
      isClosed = false;
      continue;
    }
    const definition = definitions.get(name);
    assert(definition !== undefined, `the dictionary has ${name}, which a grammar names`);
    assert(slots[definition.index] === NOT_LISTED, `${name} stands once in its grammar: ${notation}`);
    const isRequired = bracket !== '[' || /^[1-9]/.test(repeat ?? '');
    // What may be repeated and may be absent needs no memory.
    if (repeat !== undefined && !isRequired) {
      slots[definition.index] = REPEATABLE;
      continue;
    }
    assert(repeat === undefined || repeat === '1*', `only "1*" and "*" are used: ${notation}`);
    const bit = members.push(definition) - 1;
    assert(bit < MEMBERS_MAX, `a grammar has at most ${MEMBERS_MAX} members that are counted`);
    slots[definition.index] = repeat === undefined ? bit : bit + REPEATED_FROM;
    if (isRequired) required[bit < WORD_BITS ? 0 : 1] = (required[bit < WORD_BITS ? 0 : 1] ?? 0) | (1 << (bit % WORD_BITS));
  }
  return { slots, members, requiredLow: required[0] ?? 0, requiredHigh: required[1] ?? 0, isClosed };
}

/** A slot from here on is the bit of a member that is required and may come again (`1*`): bit = slot − this. */
export const REPEATED_FROM = 64;
