/** Who was last heard through which relay: the way back to a peer that has no connection of its own here (RFC 6733 §6.1). */
import type { PeerConnection } from './connection.ts';
import type { Message } from './message.ts';

const CARRIED_MAX = 10_000;

export class CarriedPeers {
  readonly #connections = new Map<string, PeerConnection>();

  note(request: Message, connection: PeerConnection): void {
    if (connection.peer?.carriesOthers !== true) return;
    const originHost = request.get('Origin-Host')?.toLowerCase();
    if (originHost === undefined) return;
    // A relay may say any name: those heard longest ago are forgotten first.
    this.#connections.delete(originHost);
    this.#connections.set(originHost, connection);
    if (this.#connections.size <= CARRIED_MAX) return;
    const [eldest] = this.#connections.keys();
    if (eldest !== undefined) this.#connections.delete(eldest);
  }

  connectionOf(originHost: string): PeerConnection | undefined {
    const connection = this.#connections.get(originHost.toLowerCase());
    return connection?.state === 'open' ? connection : undefined;
  }

  names(): readonly string[] {
    return [...this.#connections].filter(([, { state }]) => state === 'open').map(([name]) => name);
  }
}
