/**
 * What goes out on one connection. Messages of one turn of the event loop go to the system together; while the peer reads
 * too slowly nothing more is read from it, so that what waits for it stays bounded.
 */
import type { Socket } from 'node:net';

/** Octets waiting for a peer before it is no longer listened to, before nothing is asked of it, and before it is given up. */
const WAITING_OCTETS_PAUSE = 262_144;
const WAITING_OCTETS_ASK = 4 * 1_048_576;
const WAITING_OCTETS_MAX = 8 * 1_048_576;

export class Outgoing {
  readonly #socket: Socket;
  #batch: Buffer[] = [];
  #batchOctets = 0;
  #isPaused = false;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('drain', () => {
      if (!this.#isPaused) return;
      this.#isPaused = false;
      socket.resume();
    });
  }

  get waitingOctets(): number {
    return this.#batchOctets + this.#socket.writableLength;
  }
  get isBacklogged(): boolean {
    return this.waitingOctets > WAITING_OCTETS_ASK;
  }
  get isHopeless(): boolean {
    return this.waitingOctets > WAITING_OCTETS_MAX;
  }

  send(octets: Buffer): void {
    this.#batch.push(octets);
    this.#batchOctets += octets.length;
    if (this.#batch.length === 1) setImmediate(() => this.flush());
  }

  flush(): void {
    const { length } = this.#batch;
    if (length === 0 || this.#socket.destroyed) return;
    const [first] = this.#batch;
    // One copy and one write for all of them.
    this.#socket.write(length === 1 && first !== undefined ? first : Buffer.concat(this.#batch, this.#batchOctets));
    this.#batch = [];
    this.#batchOctets = 0;
    if (this.#socket.writableLength > WAITING_OCTETS_PAUSE && !this.#isPaused) {
      this.#isPaused = true;
      this.#socket.pause();
    }
  }
}
