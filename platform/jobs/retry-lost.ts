/**
 * graphile-worker writes down how a job ended without awaiting it. It repeats that for errors which it knows to pass (57P03
 * among them), but a connection that is refused or lost is not one of them: it then ends the whole program, as an
 * unhandled rejection, because the database was away for a moment while a job ran. So those are told to it as 57P03.
 * Found by tests/torture.
 */
import type pg from 'pg';
import { isConnectionLost } from '#platform/database';

const CANNOT_CONNECT_NOW = '57P03';

type Method = (...given: unknown[]) => unknown;

/** The same pool, whose clients tell a lost connection so that graphile-worker tries again. */
export function retryLost(pool: pg.Pool): pg.Pool {
  const lent = (client: unknown): unknown => withMethod(client as object, 'query', (asked) => asked.catch(tellLost));
  // Whatever keeps a connection from being made, passes.
  return withMethod(pool, 'connect', (connecting) => connecting.then(lent, tellPassing));
}

/** The same object; what `name` promises is promised as `changed` makes it. */
function withMethod<Target extends object>(
  target: Target,
  name: string,
  changed: (promised: Promise<unknown>) => Promise<unknown>,
): Target {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key);
      if (typeof value !== 'function') return value;
      const method: Method = value.bind(object);
      if (key !== name) return method;
      return (...given: unknown[]) => {
        const answer = method(...given);
        return answer instanceof Promise ? changed(answer) : answer;
      };
    },
  });
}

function tellLost(error: unknown): never {
  if (isConnectionLost(error)) tellPassing(error);
  throw error;
}

function tellPassing(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  throw Object.assign(new Error(message, { cause: error }), { code: CANNOT_CONNECT_NOW });
}
