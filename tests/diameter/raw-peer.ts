/** A peer made of a bare socket, which sends any octets at all and takes down each message that comes back. */
import { connect as connectPlain, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { Message } from '#channels/diameter';

export class RawPeer {
  readonly socket: Socket;
  readonly messages: Message[] = [];
  isClosed = false;
  #rest: Buffer = Buffer.alloc(0);
  #waiting: (() => void)[] = [];

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#rest = Buffer.concat([this.#rest, chunk]);
      while (this.#rest.length >= 4 && this.#rest.length >= this.#rest.readUIntBE(1, 3)) {
        const length = this.#rest.readUIntBE(1, 3);
        this.messages.push(new Message(this.#rest.subarray(0, length)));
        this.#rest = this.#rest.subarray(length);
      }
      this.#wake();
    });
    // A reset is an end like any other here.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.isClosed = true;
      this.#wake();
    });
  }

  send(...octets: readonly Buffer[]): void {
    this.socket.write(Buffer.concat(octets));
  }

  /** The next message nobody has taken; throws when the connection ends before one comes. */
  async next(): Promise<Message> {
    while (this.messages.length === 0 && !this.isClosed) await this.#wait();
    const message = this.messages.shift();
    if (message === undefined) throw new Error('the connection was closed');
    return message;
  }

  async closed(): Promise<void> {
    while (!this.isClosed) await this.#wait();
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

export function connectRaw(
  port: number,
  options: { readonly tls?: ConnectionOptions; readonly localAddress?: string } = {},
): Promise<RawPeer> {
  const { tls, localAddress } = options;
  const where = { host: '127.0.0.1', port, ...(localAddress === undefined ? {} : { localAddress }) };
  return new Promise((resolve, reject) => {
    const socket = tls === undefined ? connectPlain(where) : connectTls({ ...where, ...tls });
    socket.once('error', reject);
    socket.once(tls === undefined ? 'connect' : 'secureConnect', () => {
      socket.off('error', reject);
      resolve(new RawPeer(socket));
    });
  });
}
