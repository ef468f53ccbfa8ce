/** What we ask of the peer on one connection: written, counted, and waited for until its answer or its time. */
import type { ConnectionTools } from './connection-tools.ts';
import { type CommandName, valuesOf } from './dictionary.ts';
import { ownCapabilities } from './exchange-capabilities.ts';
import { MESSAGE_FLAG, type Message } from './message.ts';
import { PendingRequests, type RequestOutcome } from './pending-requests.ts';
import { type Avps, avp, requestHead, writeMessage } from './write-message.ts';

export type AskOptions = {
  /** How long its answer is waited for; as the timers say, when absent. */
  readonly answerMs?: number;
  /** Perhaps sent before (the T bit). */
  readonly isRetransmitted?: boolean;
};

type Line = {
  readonly tools: ConnectionTools;
  /** Origin-Host and Origin-Realm, written once. */
  readonly sender: Buffer;
  readonly send: (octets: Buffer) => void;
};

const { REBOOTING } = valuesOf('Disconnect-Cause');
const REQUESTS_OUT_MAX = 10_000;

export class OwnRequests {
  readonly #line: Line;
  readonly #pending: PendingRequests;

  constructor(line: Line) {
    this.#line = line;
    this.#pending = new PendingRequests(line.tools.random, this.#nowMs());
  }

  get count(): number {
    return this.#pending.size;
  }
  get isFull(): boolean {
    return this.#pending.size >= REQUESTS_OUT_MAX;
  }

  /** Never rejects: what can happen is in the outcome. */
  ask(name: CommandName, avps: Avps, { answerMs, isRetransmitted }: AskOptions = {}): Promise<RequestOutcome> {
    const { tools, send } = this.#line;
    const { command, application, flags } = requestHead(name);
    const [hopByHop, endToEnd] = [this.#pending.nextHopByHop(), this.#pending.nextEndToEnd()];
    const retransmitted = isRetransmitted === true ? MESSAGE_FLAG.RETRANSMITTED : 0;
    const octets = writeMessage({ command, application, flags: flags | retransmitted, hopByHop, endToEnd, avps });
    return new Promise((resolve) => {
      const deadlineMs = this.#nowMs() + (answerMs ?? tools.timers.answerMs);
      this.#pending.add(hopByHop, { command, application, endToEnd, deadlineMs, resolve });
      send(octets);
    });
  }

  /** Origin-Host and Origin-Realm are put after the first AVP, which is Session-Id in every request of an application. */
  askFor([first, ...rest]: Avps, name: CommandName, options: AskOptions): Promise<RequestOutcome> {
    return this.ask(name, [first, { octets: this.#line.sender }, ...rest], options);
  }

  askCapabilities(localAddress: string | undefined): void {
    const { tools, sender } = this.#line;
    const own = ownCapabilities(tools.identity, tools.applications, localAddress);
    void this.ask('Capabilities-Exchange', [{ octets: sender }, ...own]);
  }

  askWatchdog(): void {
    const { tools, sender } = this.#line;
    // Its own clock is the watchdog; that the request was waited for is of no interest.
    const answerMs = Number.MAX_SAFE_INTEGER;
    void this.ask('Device-Watchdog', [{ octets: sender }, avp('Origin-State-Id', tools.identity.originStateId)], { answerMs });
  }

  /** DPR with a cause of RFC 6733 §5.4.3. */
  askToPart(cause: number = REBOOTING): Promise<RequestOutcome> {
    const { tools, sender } = this.#line;
    return this.ask('Disconnect-Peer', [{ octets: sender }, avp('Disconnect-Cause', cause)], { answerMs: tools.timers.partingMs });
  }

  /** The request an answer belongs to, taken out. */
  take(answer: Message): ReturnType<PendingRequests['take']> {
    return this.#pending.take(answer);
  }

  /** Ends those whose time is over; how many they were. */
  expire(nowMs: number): number {
    return this.#pending.expire(nowMs);
  }

  endAll(): void {
    this.#pending.endAll();
  }

  #nowMs(): number {
    return this.#line.tools.clock.transport().getTime();
  }
}
