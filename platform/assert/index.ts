/**
 * Assertions stay on in production: a broken invariant must stop the work it is in, before that work commits.
 * A failed assertion is a fault (a bug of ours), never something a customer did.
 */
export class AssertionFault extends Error {
  override name = 'AssertionFault';
}

export function assert(condition: unknown, rule: string): asserts condition {
  if (!condition) throw new AssertionFault(rule);
}

/** For the last branch of a switch over a union: the compiler proves it is never reached. */
export function unreachable(value: never): never {
  throw new AssertionFault(`a case that cannot be: ${String(value)}`);
}

/** The value, when a rule says it must be there. */
export function present<T>(value: T | undefined | null, rule: string): T {
  assert(value !== undefined && value !== null, rule);
  return value;
}
