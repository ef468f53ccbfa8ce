/** Form-encoded parameters with brackets (`line_items[0][quantity]=1`), as Stripe takes them; unknown ones are refused, as it does. */
import type { Metadata } from './records.ts';
import { invalid } from './stripe-error.ts';

export type Tree = Map<string, string | Tree>;

export function parseParameters(encoded: string): Tree {
  const tree: Tree = new Map();
  for (const [name, value] of new URLSearchParams(encoded)) {
    const path = name.split(/[[\]]+/).filter((part, index) => index === 0 || part !== '');
    setAt(tree, name.endsWith('[]') ? [...path, undefined] : path, value);
  }
  return tree;
}

function setAt(tree: Tree, path: readonly (string | undefined)[], value: string): void {
  const [first, ...rest] = path;
  const key = first ?? String(tree.size);
  if (rest.length === 0) {
    tree.set(key, value);
    return;
  }
  const existing = tree.get(key);
  const next: Tree = existing instanceof Map ? existing : new Map();
  tree.set(key, next);
  setAt(next, rest, value);
}

/** What a request asked for: every read is by name, and `endOf` refuses what nobody read. */
export class Parameters {
  readonly #tree: Tree;
  readonly #prefix: string;
  readonly #read = new Set<string>();
  readonly #nested: Parameters[] = [];

  constructor(tree: Tree, prefix = '') {
    this.#tree = tree;
    this.#prefix = prefix;
  }

  text(name: string): string | undefined {
    this.#read.add(name);
    const value = this.#tree.get(name);
    if (value instanceof Map) throw invalid(`Invalid string: ${this.#nameOf(name)}`, { param: this.#nameOf(name) });
    return value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '')
      throw invalid(`Missing required param: ${this.#nameOf(name)}.`, { code: 'parameter_missing', param: this.#nameOf(name) });
    return value;
  }

  whole(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^-?\d{1,15}$/.test(value))
      throw invalid(`Invalid integer: ${value}`, { code: 'parameter_invalid_integer', param: this.#nameOf(name) });
    return Number(value);
  }

  flag(name: string): boolean {
    return this.text(name) === 'true';
  }

  /** An object; empty when it was not given. */
  group(name: string): Parameters {
    this.#read.add(name);
    const value = this.#tree.get(name);
    const nested = new Parameters(value instanceof Map ? value : new Map(), this.#nameOf(name));
    this.#nested.push(nested);
    return nested;
  }

  groups(name: string): Parameters[] {
    const group = this.group(name);
    return [...group.#tree.keys()].map((key) => group.group(key));
  }

  texts(name: string): string[] {
    const group = this.group(name);
    return [...group.#tree.keys()].map((key) => group.required(key));
  }

  has(name: string): boolean {
    return this.#tree.has(name);
  }

  metadata(name: string): Metadata {
    const group = this.group(name);
    return Object.fromEntries([...group.#tree.keys()].map((key) => [key, group.text(key) ?? '']));
  }

  /** `expand[]`: as a set of dotted names, without the `data.` that lists put before them. */
  expanded(): ReadonlySet<string> {
    return new Set(this.texts('expand').map((name) => name.replace(/^data\./, '')));
  }

  endOf(): void {
    const unknown = [...this.#tree.keys()].find((name) => !this.#read.has(name));
    if (unknown !== undefined)
      throw invalid(`Received unknown parameter: ${this.#nameOf(unknown)}`, { code: 'parameter_unknown', param: this.#nameOf(unknown) });
    for (const nested of this.#nested) nested.endOf();
  }

  #nameOf(name: string): string {
    return this.#prefix === '' ? name : `${this.#prefix}[${name}]`;
  }
}
