/**
 * One connection with one peer, on either side of it: capabilities first, then requests both ways, the watchdog, and the
 * parting. It never throws for what a peer sends, and it asks the clock only when told that time has passed (`tick`).
 */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { agreeOn, capabilitiesAnswer } from './agree-capabilities.ts';
import { checkMessage } from './check-message.ts';
import type { ConnectionTools, Hooks } from './connection-tools.ts';
import { PeerCounters } from './counters.ts';
import { StreamCutter } from './cut-stream.ts';
import { type CommandName, commandOf } from './dictionary.ts';
import type { Finding } from './finding.ts';
import type { Message } from './message.ts';
import { type AskOptions, OwnRequests } from './own-requests.ts';
import type { Application, Peer } from './peer.ts';
import { nextPeerState, type PeerEvent, type PeerState } from './peer-states.ts';
import type { RequestOutcome } from './pending-requests.ts';
import { isProtocolError, RESULT } from './result-codes.ts';
import { Outgoing } from './send-octets.ts';
import { TheirRequests } from './their-requests.ts';
import { Watchdog } from './watchdog.ts';
import { type Answer, codeOf, writeAnswer, writeErrorAnswer } from './write-answer.ts';
import { type Avps, avp, MESSAGE_OCTETS_MAX, requestHead, writeAvpsAlone } from './write-message.ts';

const CAPABILITIES = commandOf('Capabilities-Exchange').code;
const WATCHDOG = commandOf('Device-Watchdog').code;

export class PeerConnection {
  readonly remoteAddress: string;
  readonly isSecure: boolean;
  /** Known once capabilities are agreed. */
  peer: Peer | undefined;
  originStateId: number | undefined;
  common: readonly Application[] = [];
  /** Why capabilities were not agreed on. */
  refusal: string | undefined;
  /** Its own until the peer is known, the peer's from then on. */
  counters = new PeerCounters();
  /** Settles when the connection is agreed (true) or over before that (false). */
  readonly agreed: Promise<boolean>;
  readonly closed: Promise<void>;

  readonly #tools: ConnectionTools;
  readonly #hooks: Hooks;
  readonly #socket: Socket;
  readonly #sender: Buffer;
  readonly #cutter = new StreamCutter(MESSAGE_OCTETS_MAX);
  readonly #outgoing: Outgoing;
  readonly #own: OwnRequests;
  readonly #watchdog: Watchdog;
  #state: PeerState;
  #deadlineMs: number;
  readonly #theirs: TheirRequests;
  #tellAgreed: (isAgreed: boolean) => void = () => {};

  constructor(socket: Socket, role: 'acceptor' | 'initiator', tools: ConnectionTools, hooks: Hooks) {
    const { identity, random, timers } = tools;
    this.#tools = tools;
    this.#hooks = hooks;
    this.#socket = socket;
    this.remoteAddress = socket.remoteAddress ?? '';
    this.isSecure = socket instanceof TLSSocket;
    this.#sender = writeAvpsAlone([avp('Origin-Host', identity.originHost), avp('Origin-Realm', identity.originRealm)]);
    this.#outgoing = new Outgoing(socket);
    const nowMs = this.#nowMs();
    this.#own = new OwnRequests({
      ...{ tools, sender: this.#sender },
      send: (octets) => {
        this.counters.requestsOut += 1;
        this.#send(octets, undefined);
      },
    });
    this.#watchdog = new Watchdog({ watchdogMs: timers.watchdogMs, random, nowMs });
    this.#theirs = new TheirRequests({
      ...{ connection: this, tools, localAddress: () => socket.localAddress },
      answer: (request, answer) => this.#answer(request, answer),
      refuse: (request, finding) => this.#answerFinding(request, finding),
      part: (request) => void this.#takeParting(request),
    });
    this.#state = role === 'acceptor' ? 'accepted' : 'asking';
    this.#deadlineMs = nowMs + timers.handshakeMs;
    this.agreed = new Promise((resolve) => {
      this.#tellAgreed = resolve;
    });
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', (error) => tools.log.info({ peer: this.name, error: error.message }, 'a Diameter connection failed'));
    socket.on('close', () => this.#become('lost'));
    if (role === 'initiator') this.#own.askCapabilities(socket.localAddress);
  }

  get state(): PeerState {
    return this.#state;
  }
  /** A suspect connection is still up and takes answers; new requests are better sent elsewhere (RFC 3539 §3.4.1). */
  get isSuspect(): boolean {
    return this.#watchdog.state !== 'okay';
  }
  /** Requests of the peer that are being answered, and of ours that wait. */
  get underWay(): { readonly theirs: number; readonly ours: number } {
    return { theirs: this.#theirs.count, ours: this.#own.count };
  }
  /** Nothing is read from it or answered on it any more. */
  get isOver(): boolean {
    return this.#state === 'closed' || this.#socket.destroyed;
  }
  /** Origin-Host, or where it comes from while that is not known. */
  get name(): string {
    return this.peer?.originHost ?? this.remoteAddress;
  }

  /**
   * Sends a request and waits for its answer. Origin-Host and Origin-Realm are put after the first AVP, which is Session-Id in
   * every request of an application; all others are the caller's. Never rejects: what can happen is in the outcome.
   */
  async request(name: CommandName, avps: Avps, options: AskOptions = {}): Promise<RequestOutcome> {
    const { application } = requestHead(name);
    if (this.#state !== 'open') return { kind: 'not_sent', why: 'no_connection' };
    if (!this.common.some(({ id }) => id === application)) return { kind: 'not_sent', why: 'not_common' };
    if (this.#own.isFull) return { kind: 'not_sent', why: 'too_many' };
    if (this.#outgoing.isBacklogged) return { kind: 'not_sent', why: 'backlog' };
    return this.#own.askFor(avps, name, options);
  }

  /** DPR with a cause of RFC 6733 §5.4.3, after what is under way has been answered; then the end. Settles when it is closed. */
  async part(cause?: number): Promise<void> {
    if (this.#state === 'open') {
      this.#become('parted');
      await this.#theirs.idle();
      this.#outgoing.flush();
      await this.#own.askToPart(cause);
    }
    this.#end();
    await this.closed;
  }

  /** Ends at once, without a word. */
  drop(): void {
    this.#socket.destroy();
  }

  /** Another connection claims to be this peer: is this one alive? It has the given time to prove it. */
  doubt(answerMs: number): void {
    if (this.#state === 'open' && this.#watchdog.doubt(this.#nowMs(), answerMs)) this.#own.askWatchdog();
  }

  /** Time has passed. */
  tick(nowMs: number): void {
    this.counters.unanswered += this.#own.expire(nowMs);
    if (this.#state === 'closed') {
      if (nowMs >= this.#deadlineMs) this.drop();
    } else if (this.#state !== 'open') {
      if (nowMs >= this.#deadlineMs) this.#fail('deadline');
    } else if (this.#outgoing.isHopeless) this.#fail('silence');
    else {
      const action = this.#watchdog.tick(nowMs);
      if (action === 'ask') this.#own.askWatchdog();
      else if (action === 'close') this.#fail('silence');
    }
  }

  #read(chunk: Buffer): void {
    if (this.isOver) return;
    this.counters.octetsIn += chunk.length;
    const broken = this.#cutter.push(chunk, (message) => this.#take(message));
    if (broken === undefined) return;
    this.counters.malformed += 1;
    this.#tools.log.warn({ peer: this.name, resultCode: broken.finding.resultCode, why: broken.finding.why }, 'no Diameter stream');
    // Before capabilities nobody is known to speak Diameter at all; afterwards the last word is the fault.
    if (this.#state !== 'accepted' && broken.header.isRequest) this.#answerFinding(broken.header, broken.finding);
    this.#become('refused');
    this.#end();
  }

  /** False when nothing that follows is to be read. */
  #take(message: Message): boolean {
    if (this.#state === 'closed') return false;
    if (this.#state === 'open' || this.#state === 'parting') this.#watchdog.heard(this.#nowMs());
    if (message.isRequest) this.#takeRequest(message);
    else this.#takeAnswer(message);
    return !this.isOver;
  }

  #takeRequest(request: Message): void {
    this.counters.requestsIn += 1;
    if (this.#state === 'accepted' || this.#state === 'asking') {
      // §5.6: the first message of whoever connects is a CER, and of whoever was connected to a CEA.
      if (this.#state === 'accepted' && request.application === 0 && request.command === CAPABILITIES) this.#takeCapabilities(request);
      else this.#fail('refused');
      return;
    }
    this.#theirs.take(request);
  }

  #takeAnswer(answer: Message): void {
    const pending = this.#own.take(answer);
    if (pending === undefined) {
      this.counters.answersStray += 1;
      if (this.#state === 'accepted') this.#fail('refused');
      return;
    }
    this.counters.answersIn += 1;
    const finding = checkMessage(answer);
    if (finding !== undefined) this.counters.malformed += 1;
    if (answer.command === CAPABILITIES && answer.application === 0) this.#takeCapabilities(answer, finding);
    else if (answer.command === WATCHDOG && answer.application === 0) this.#watchdog.answered();
    pending.resolve(finding === undefined ? { kind: 'answered', answer } : { kind: 'malformed', answer, finding });
  }

  /** A CER, or the CEA to ours: both agree, or the connection ends. */
  #takeCapabilities(message: Message, found: Finding | undefined = checkMessage(message)): void {
    const agreed = found ?? this.#agree(message);
    if (message.isRequest) {
      // §5.6.1: a second connection of a peer is dropped without a word.
      if (agreed === 'drop') {
        this.#fail('refused');
        return;
      }
      if (agreed !== undefined && (found !== undefined || isProtocolError(agreed.resultCode))) this.#answerFinding(message, agreed);
      else this.#answer(message, capabilitiesAnswer(this.#tools, this.#socket.localAddress, agreed));
    }
    if (agreed === undefined) {
      this.#become('agreed');
      this.#watchdog.heard(this.#nowMs());
      return;
    }
    this.refusal = agreed === 'drop' ? 'it has a connection already' : `${agreed.resultCode} ${agreed.why}`;
    this.#tools.log.warn(
      { peer: message.get('Origin-Host'), address: this.remoteAddress, why: this.refusal },
      'a Diameter peer was not let in',
    );
    this.#become('refused');
    this.#end();
  }

  #agree(message: Message): Finding | 'drop' | undefined {
    const agreement = agreeOn(message, this, this.#hooks, this.#tools);
    if (agreement === 'drop' || 'resultCode' in agreement) return agreement;
    const { peer, counters, common, originStateId } = agreement;
    Object.assign(this, { peer, common, originStateId });
    this.counters = counters.goOn(this.counters);
    return undefined;
  }

  async #takeParting(request: Message): Promise<void> {
    this.#become('parted');
    await this.#theirs.idle();
    this.#answer(request, { resultCode: RESULT.SUCCESS });
    // The one that asked closes the connection (§5.4); should it not, the deadline does.
    this.#outgoing.flush();
  }

  #answer(request: Message, answer: Answer): void {
    this.#send(writeAnswer(request, answer, this.#sender), codeOf(answer));
  }

  #answerFinding(request: Message, finding: Finding): void {
    this.#send(writeErrorAnswer(request, finding, this.#sender), finding.resultCode);
  }

  #send(octets: Buffer, resultCode: number | undefined): void {
    if (resultCode !== undefined) this.counters.countAnswer(resultCode);
    this.counters.octetsOut += octets.length;
    this.#outgoing.send(octets);
  }

  #fail(event: PeerEvent): void {
    this.#become(event);
    this.drop();
  }

  /** What was written still goes out; the system's own end follows, or the deadline. */
  #end(): void {
    this.#outgoing.flush();
    this.#socket.end();
  }

  #become(event: PeerEvent): void {
    const before = this.#state;
    this.#state = nextPeerState(before, event);
    if (event === 'lost') {
      this.#own.endAll();
      this.#theirs.giveUp();
    }
    if (this.#state === before) return;
    if (this.#state === 'parting' || this.#state === 'closed') this.#deadlineMs = this.#nowMs() + this.#tools.timers.partingMs;
    if (before === 'accepted' || before === 'asking') this.#tellAgreed(this.#state === 'open');
    if (this.peer !== undefined) this.#tools.log.info({ peer: this.name, state: this.#state, event }, 'a Diameter connection');
    this.#hooks.onChange(this);
  }

  #nowMs(): number {
    return this.#tools.clock.transport().getTime();
  }
}
