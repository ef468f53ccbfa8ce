/** The port wished for, or the next free one, said so. */
import { createServer, type Server } from 'node:http';

const TRIES_MAX = 50;

/** Gives the port it listens on. `host` is loopback unless somebody asked to be reached from outside. */
export async function listen(server: Server, host: string, wished: number): Promise<number> {
  for (let port = wished, tries = 0; ; port += 1, tries += 1) {
    try {
      return await listenOn(server, host, port);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tries >= TRIES_MAX) throw error;
    }
  }
}

/** For a program that takes its port by word: the one wished for, or the next that nobody has taken. */
export async function freePort(host: string, wished: number): Promise<number> {
  const server = createServer();
  const port = await listen(server, host, wished);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listenOn(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
