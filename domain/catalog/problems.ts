/** What is wrong with an operator file, place by place: somebody who writes one wants all of it at once. */
import type { Refusal } from '#platform/refusals';
import { refuse } from './refusals.ts';

/** `path` as in the file: `markets[0].plans[2].price`. */
export type Problem = { readonly path: string; readonly expected: string };

export type FileRefusal = Refusal<'catalog.operator_file_wrong'>;

const TOLD_MAX = 20;

export class Problems {
  readonly #found: Problem[] = [];

  add(path: string, expected: string): void {
    if (!this.#found.some((problem) => problem.path === path)) this.#found.push({ path, expected });
  }

  /** `value`, or where there is none a problem and the stand-in, which nobody will see: the file is refused. */
  expect<Value>(value: Value | undefined, standIn: Value, path: string, expected: string): Value {
    if (value === undefined) this.add(path, expected);
    return value ?? standIn;
  }

  /** Undefined when nothing is wrong; else a refusal with the first problem and all of them as lines of text. */
  refusal(): FileRefusal | undefined {
    const [first] = this.#found;
    if (first === undefined) return undefined;
    const lines = this.#found.slice(0, TOLD_MAX).map(({ path, expected }) => `${path}: expected ${expected}`);
    return refuse('catalog.operator_file_wrong', { ...first, count: this.#found.length, problems: lines.join('\n') });
  }
}
