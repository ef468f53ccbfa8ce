/**
 * A refusal is an expected "no", typed and catalogued once, with a next step for its reader; a fault (a bug, an
 * outage) throws instead. Use cases return `Value | Refusal<'code' | …>`; `Database.transaction` rolls back
 * when its work returns one, so a refusal leaves nothing behind.
 *
 * What a code means stands in the `refusals.ts` of the folder that owns it; the words a customer reads stand in
 * `platform/messages` under `refusal.<code>`; a test counts both against each other.
 */
import { present } from '#platform/assert';

export type RefusalValue = string | number | bigint | Date;

export class Refusal<Code extends string = string> {
  readonly code: Code;
  readonly values: Readonly<Record<string, RefusalValue>>;
  constructor(code: Code, values: Readonly<Record<string, RefusalValue>> = {}) {
    this.code = code;
    this.values = values;
  }
}

export type RefusalEntry = {
  /** HTTP status of an answer that carries it (RFC 9110). */
  readonly status: 400 | 401 | 402 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 503;
  /** What the operator reads in logs and the console: the cause, in one English sentence. */
  readonly operator: string;
};

export type RefusalCatalogue = Readonly<Record<string, RefusalEntry>>;
export type CodeOf<Catalogue extends RefusalCatalogue> = Extract<keyof Catalogue, string>;

/** Every code that was declared by what this process has loaded. */
const declared = new Map<string, RefusalEntry>();

/** Declares a folder's refusals and gives the function that makes them; codes are `<folder>.<what>`. */
export function declareRefusals<const Catalogue extends RefusalCatalogue>(catalogue: Catalogue) {
  for (const [code, entry] of Object.entries(catalogue)) declared.set(code, entry);
  return {
    catalogue,
    refuse<Code extends CodeOf<Catalogue>>(code: Code, values?: Readonly<Record<string, RefusalValue>>): Refusal<Code> {
      return new Refusal(code, values);
    },
  };
}

/** What was declared for a refusal's code: the status a door answers with, the cause a log tells. */
export function entryOf(refusal: Refusal): RefusalEntry {
  return present(declared.get(refusal.code), `${refusal.code} is declared`);
}

/** All of them, for a door that lists what it may answer. */
export function declaredRefusals(): ReadonlyMap<string, RefusalEntry> {
  return declared;
}

export function isRefusal(value: unknown): value is Refusal {
  return value instanceof Refusal;
}
