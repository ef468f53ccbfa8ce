/** Stands between two Diameter nodes and keeps every message that passes, as it passed. */
import { connect, createServer, type Socket } from 'node:net';

export type Tap = {
  readonly port: number;
  /** Whole messages of both directions, in the order in which they ended. */
  messages(): readonly Buffer[];
  close(): Promise<void>;
};

export async function openTap(targetPort: number): Promise<Tap> {
  const messages: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const target = connect(targetPort, '127.0.0.1');
    for (const [from, to] of [
      [socket, target],
      [target, socket],
    ] as const) {
      sockets.add(from);
      const cut = createCutter(messages);
      from.on('data', (octets: Buffer) => {
        cut(octets);
        to.write(octets);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    messages: () => messages,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** By the length that each message's header says (RFC 6733 §3): plainly, and not with the cutter that is tested. */
function createCutter(messages: Buffer[]): (octets: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (octets) => {
    rest = Buffer.concat([rest, octets]);
    while (rest.length >= 4 && rest.length >= rest.readUIntBE(1, 3) && rest.readUIntBE(1, 3) >= 20) {
      const length = rest.readUIntBE(1, 3);
      messages.push(Buffer.from(rest.subarray(0, length)));
      rest = rest.subarray(length);
    }
  };
}
