import { once } from 'node:events';
import { createServer } from 'node:net';
import { newHome } from '#tests/journeys';
import { processesOf } from './processes.ts';

/** A home that goes with the test, and with it whatever a failing test left running in it. */
export function aloneIn(t: { after(end: () => void): void }): string {
  const home = newHome();
  t.after(() => {
    for (const { pid } of processesOf(home.path)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It went by itself.
      }
    }
    home.remove();
  });
  return home.path;
}

/** One that was free a moment ago, with the next one free too: the simulator takes it. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
