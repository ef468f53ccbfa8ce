/**
 * Where a process can die: before or after each SQL statement, each COMMIT, each call to the payment provider. The seams
 * are the injected connections and the provider's port; nothing in production knows of it (reliability.md, harness 1).
 */
import type { PaymentProvider } from '#domain/payments';
import type { Connection, ConnectionSource } from '#platform/database';

export type Port = {
  readonly what: 'statement' | 'commit' | 'call';
  readonly name: string;
  /** Whether what it did stands by itself when the process dies after it: a statement inside a transaction does not. */
  readonly stands: boolean;
};

export type Window = { readonly at: number; readonly side: 'before' | 'after' };

/** The process is gone: whatever it still tries comes to nothing. */
export class Died extends Error {
  override name = 'Died';
}

/** One process's ports, passed one after the other; with a window, it dies there. */
export class Ports {
  readonly passed: Port[] = [];
  readonly #window: Window | undefined;
  readonly #open = new Set<Connection>();
  #isDead = false;

  constructor(window?: Window) {
    this.#window = window;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  async pass<Result>(port: Port, act: () => Promise<Result>): Promise<Result> {
    this.assertAlive();
    const at = this.passed.push(port) - 1;
    if (this.#window?.at === at && this.#window.side === 'before') this.#die();
    const result = await act();
    this.assertAlive();
    if (this.#window?.at === at) this.#die();
    return result;
  }

  assertAlive(): void {
    if (this.#isDead) throw new Died('the process is dead');
  }

  opened(connection: Connection): void {
    this.#open.add(connection);
  }

  /** A dead process's connections are destroyed already. */
  released(connection: Connection, broken: boolean): void {
    if (this.#open.delete(connection)) connection.release(broken);
  }

  #die(): never {
    this.#isDead = true;
    for (const connection of this.#open) connection.release(true);
    this.#open.clear();
    throw new Died('the process dies here');
  }
}

/** Every distinct moment of dying: after a statement inside a transaction is the same moment as before the next port. */
export function windowsOf(passed: readonly Port[]): Window[] {
  return passed.flatMap((port, at): Window[] => {
    const last = at === passed.length - 1;
    return port.stands || last
      ? [
          { at, side: 'before' },
          { at, side: 'after' },
        ]
      : [{ at, side: 'before' }];
  });
}

export function mortalSource(source: ConnectionSource, ports: Ports): ConnectionSource {
  return {
    async acquire() {
      ports.assertAlive();
      const connection = await source.acquire();
      ports.opened(connection);
      return mortalConnection(connection, ports);
    },
    close: () => source.close(),
  };
}

function mortalConnection(connection: Connection, ports: Ports): Connection {
  let inTransaction = false;
  return {
    async begin() {
      ports.assertAlive();
      inTransaction = true;
      await connection.begin();
    },
    commit: () => ports.pass({ what: 'commit', name: 'commit', stands: true }, () => connection.commit()),
    async rollback() {
      ports.assertAlive();
      await connection.rollback();
    },
    query: (statement, parameters) =>
      ports.pass({ what: 'statement', name: statement.name, stands: !inTransaction }, () => connection.query(statement, parameters)),
    release: (broken) => ports.released(connection, broken),
  };
}

export function mortalProvider(provider: PaymentProvider, ports: Ports): PaymentProvider {
  const call = <Result>(name: string, act: () => Promise<Result>) => ports.pass({ what: 'call', name, stands: true }, act);
  return {
    ...provider,
    openPage: (request) => call('open page', () => provider.openPage(request)),
    closePage: (request, now) => call('close page', () => provider.closePage(request, now)),
    charge: (request) => call('charge', () => provider.charge(request)),
    lookUp: (request, now) => call('look up', () => provider.lookUp(request, now)),
    refund: (request) => call('refund', () => provider.refund(request)),
    lookUpRefund: (request) => call('look up refund', () => provider.lookUpRefund(request)),
    forgetMethod: (reference) => call('forget method', () => provider.forgetMethod(reference)),
  };
}
