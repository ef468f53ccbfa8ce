/** What the peer asks on an agreed connection: judged, answered here where it is about the connection, and else handed on. */
import type { PeerConnection } from './connection.ts';
import type { ConnectionTools } from './connection-tools.ts';
import { commandOf } from './dictionary.ts';
import { ownCapabilities } from './exchange-capabilities.ts';
import type { Finding } from './finding.ts';
import { judgeRequest } from './judge-request.ts';
import type { Message } from './message.ts';
import { RESULT } from './result-codes.ts';
import { WorkInHand } from './work-in-hand.ts';
import type { Answer } from './write-answer.ts';
import { avp } from './write-message.ts';

type Sides = {
  readonly connection: PeerConnection;
  readonly tools: ConnectionTools;
  readonly localAddress: () => string | undefined;
  readonly answer: (request: Message, answer: Answer) => void;
  readonly refuse: (request: Message, finding: Finding) => void;
  /** The peer wants to part. */
  readonly part: (request: Message) => void;
};

const CAPABILITIES = commandOf('Capabilities-Exchange').code;
const WATCHDOG = commandOf('Device-Watchdog').code;
const DISCONNECT = commandOf('Disconnect-Peer').code;
const busy = (why: string): Finding => ({ resultCode: RESULT.TOO_BUSY, why, failed: undefined });

export class TheirRequests {
  readonly #sides: Sides;
  readonly #work: WorkInHand;

  constructor(sides: Sides) {
    const { connection, tools, answer } = sides;
    this.#sides = sides;
    this.#work = new WorkInHand({
      handle: (request) => tools.onRequest(request, connection),
      answer: (request, given) => {
        if (!connection.isOver) answer(request, given);
      },
      tellFault: (request, error) =>
        tools.log.error({ peer: connection.name, command: request.command, error }, 'a Diameter request failed here'),
    });
  }

  /** Those that are being answered. */
  get count(): number {
    return this.#work.count;
  }

  take(request: Message): void {
    const { connection, tools, refuse } = this.#sides;
    const { peer, common, state } = connection;
    const finding = judgeRequest(request, { identity: tools.identity, peer, common });
    if (finding !== undefined) this.#refuse(request, finding);
    else if (request.application === 0) this.#takeBase(request);
    else if (state === 'parting') refuse(request, busy('this node is closing the connection'));
    else if (this.#work.count >= (peer?.requestsMax ?? 0)) refuse(request, busy('too many requests are under way'));
    else this.#work.take(request);
  }

  /** Settles when nothing is in hand, or will be no more. */
  idle(): Promise<void> {
    return this.#work.idle();
  }

  giveUp(): void {
    this.#work.giveUp();
  }

  #refuse(request: Message, finding: Finding): void {
    const { connection, tools, refuse } = this.#sides;
    const { resultCode, why } = finding;
    connection.counters.malformed += 1;
    tools.log.info({ peer: connection.name, command: request.command, resultCode, why }, 'a Diameter request was refused');
    refuse(request, finding);
  }

  #takeBase(request: Message): void {
    const { tools, localAddress, answer, part } = this.#sides;
    const { identity, applications } = tools;
    if (request.command === CAPABILITIES)
      answer(request, { resultCode: RESULT.SUCCESS, avps: ownCapabilities(identity, applications, localAddress()) });
    else if (request.command === WATCHDOG)
      answer(request, { resultCode: RESULT.SUCCESS, avps: [avp('Origin-State-Id', identity.originStateId)] });
    else if (request.command === DISCONNECT) part(request);
  }
}
