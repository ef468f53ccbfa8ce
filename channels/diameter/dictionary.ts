/**
 * The tables as the codec uses them: by name when a message is written or read, by code and vendor when one comes in. Names
 * are those of the standards and typed, so that `message.get('CC-Request-Number')` is a number and a misspelt one does
 * not compile.
 */
import { assert, present } from '#platform/assert';
import type { AvpDefinition, AvpTable } from './avp-types.ts';
import { type Grammar, parseGrammar } from './grammar.ts';
import { BASE_AVPS } from './tables/base.ts';
import { CALLS_AND_MESSAGES_AVPS } from './tables/calls-and-messages-3gpp.ts';
import { CHARGING_3GPP_AVPS } from './tables/charging-3gpp.ts';
import { COMMANDS, ERROR_ANSWER } from './tables/commands.ts';
import { CREDIT_CONTROL_AVPS } from './tables/credit-control.ts';
import { SPENDING_LIMIT_AVPS } from './tables/spending-limit.ts';

export const VENDOR_3GPP = 10_415;

type Rows = typeof BASE_AVPS &
  typeof CREDIT_CONTROL_AVPS &
  typeof CHARGING_3GPP_AVPS &
  typeof CALLS_AND_MESSAGES_AVPS &
  typeof SPENDING_LIMIT_AVPS;

export type AvpName = keyof Rows & string;
export type TypeOfAvp<Name extends AvpName> = Rows[Name][1];

const TABLES: readonly (readonly [vendor: number, table: AvpTable])[] = [
  [0, BASE_AVPS],
  [0, CREDIT_CONTROL_AVPS],
  [VENDOR_3GPP, CHARGING_3GPP_AVPS],
  [VENDOR_3GPP, CALLS_AND_MESSAGES_AVPS],
  [VENDOR_3GPP, SPENDING_LIMIT_AVPS],
];

export type CommandName = keyof typeof COMMANDS;

export type CommandDefinition = {
  readonly name: CommandName;
  readonly code: number;
  readonly application: number;
  readonly isProxiable: boolean;
  readonly request: Grammar;
  readonly answer: Grammar;
};

const byName = new Map<string, AvpDefinition>();
/** By vendor, then by code: arrays, because this look-up is made for every AVP of every message. */
const ietf: (AvpDefinition | undefined)[] = new Array(1024).fill(undefined);
const tgpp: (AvpDefinition | undefined)[] = new Array(4608).fill(undefined);

const listOf = (vendor: number): (AvpDefinition | undefined)[] | undefined =>
  vendor === 0 ? ietf : vendor === VENDOR_3GPP ? tgpp : undefined;

for (const [vendor, table] of TABLES) {
  for (const [name, [code, type, mandatory, detail, closed]] of Object.entries(table)) {
    const list = present(listOf(vendor), `vendor ${vendor} has a list`);
    assert(!byName.has(name) && list[code] === undefined, `${name} and its code ${code} of vendor ${vendor} stand in one table only`);
    const values = typeof detail === 'object' ? detail : undefined;
    const definition: AvpDefinition = {
      name,
      code,
      vendor,
      type,
      isMandatory: mandatory === 'M',
      index: byName.size,
      values,
      closedValues: closed === 'closed' && values !== undefined ? new Set(Object.values(values)) : undefined,
      grammar: undefined,
    };
    assert(code < list.length, `the list of vendor ${vendor} is long enough for ${name}`);
    list[code] = definition;
    byName.set(name, definition);
  }
}
for (const [, table] of TABLES) {
  for (const [name, [, type, , detail]] of Object.entries(table)) {
    if (type === 'Grouped') definitionOf(name).grammar = parseGrammar(String(detail), byName);
  }
}

const commands: ReadonlyMap<CommandName, CommandDefinition> = new Map(
  (Object.keys(COMMANDS) as CommandName[]).map((name) => {
    const { code, application, isProxiable, request, answer } = COMMANDS[name];
    const grammars = { request: parseGrammar(request, byName), answer: parseGrammar(answer, byName) };
    return [name, { name, code, application, isProxiable, ...grammars }];
  }),
);
const commandsByCode: ReadonlyMap<number, readonly CommandDefinition[]> = Map.groupBy(commands.values(), ({ code }) => code);

export const ERROR_ANSWER_GRAMMAR: Grammar = parseGrammar(ERROR_ANSWER, byName);

/** Throws for a name that no table has; the types see to it that callers of this folder never pass one. */
export function definitionOf(name: string): AvpDefinition {
  return present(byName.get(name), `the dictionary has an AVP ${name}`);
}

export function findAvp(code: number, vendor: number): AvpDefinition | undefined {
  if (vendor === 0) return code < ietf.length ? ietf[code] : undefined;
  if (vendor === VENDOR_3GPP) return code < tgpp.length ? tgpp[code] : undefined;
  return undefined;
}

export function commandOf(name: CommandName): CommandDefinition {
  return present(commands.get(name), `the dictionary has a command ${name}`);
}

export function findCommand(code: number, application: number): CommandDefinition | undefined {
  return commandsByCode.get(code)?.find((command) => command.application === application);
}

type EnumeratedName = { [Name in AvpName]: Rows[Name] extends readonly [number, 'Enumerated', ...unknown[]] ? Name : never }[AvpName];

/** The named values of an enumeration: `valuesOf('CC-Request-Type').UPDATE_REQUEST`. */
export function valuesOf<Name extends EnumeratedName>(name: Name): Rows[Name][3] {
  // The rows are where the type of this very name comes from.
  return definitionOf(name).values as Rows[Name][3];
}

/** All of them, for whoever wants to list or test the dictionary. */
export const AVP_NAMES: readonly AvpName[] = [...byName.keys()] as AvpName[];
