/**
 * One connection with one peer, on either side of it: capabilities first, then requests both ways, the watchdog, and the
 * parting. It never throws for what a peer sends, and it asks the clock only when told that time has passed (`tick`).
 */
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { checkMessage } from './check-message.ts';
import type { ConnectionTools, Hooks } from './connection-tools.ts';
import { PeerCounters } from './counters.ts';
import { StreamCutter } from './cut-stream.ts';
import { type CommandName, commandOf, valuesOf } from './dictionary.ts';
import { commonApplications, ownCapabilities } from './exchange-capabilities.ts';
import type { Finding } from './finding.ts';
import { judgeRequest } from './judge-request.ts';
import { MESSAGE_FLAG, type Message } from './message.ts';
import type { Application, Peer } from './peer.ts';
import { nextPeerState, type PeerEvent, type PeerState } from './peer-states.ts';
import { PendingRequests, type RequestOutcome } from './pending-requests.ts';
import { isProtocolError, RESULT } from './result-codes.ts';
import { Outgoing } from './send-octets.ts';
import { Watchdog } from './watchdog.ts';
import { WorkInHand } from './work-in-hand.ts';
import { type Answer, codeOf, writeAnswer, writeErrorAnswer } from './write-answer.ts';
import { type Avps, avp, MESSAGE_OCTETS_MAX, requestHead, writeAvpsAlone, writeMessage } from './write-message.ts';

const REQUESTS_OUT_MAX = 10_000;
const { REBOOTING } = valuesOf('Disconnect-Cause');
const CAPABILITIES = commandOf('Capabilities-Exchange').code;
const WATCHDOG = commandOf('Device-Watchdog').code;
const DISCONNECT = commandOf('Disconnect-Peer').code;

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
  readonly #pending: PendingRequests;
  readonly #watchdog: Watchdog;
  #state: PeerState;
  #deadlineMs: number;
  readonly #work: WorkInHand;
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
    this.#pending = new PendingRequests(random, nowMs);
    this.#watchdog = new Watchdog({ watchdogMs: timers.watchdogMs, random, nowMs });
    this.#work = new WorkInHand({
      handle: (request) => tools.onRequest(request, this),
      answer: (request, answer) => {
        if (!this.#isOver()) this.#answer(request, answer);
      },
      tellFault: (request, error) =>
        tools.log.error({ peer: this.name, command: request.command, error }, 'a Diameter request failed here'),
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
    if (role === 'initiator') void this.#ask('Capabilities-Exchange', this.#capabilities());
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
    return { theirs: this.#work.count, ours: this.#pending.size };
  }
  /** Origin-Host, or where it comes from while that is not known. */
  get name(): string {
    return this.peer?.originHost ?? this.remoteAddress;
  }

  /**
   * Sends a request and waits for its answer. Origin-Host and Origin-Realm are put after the first AVP, which is Session-Id in
   * every request of an application; all others are the caller's. Never rejects: what can happen is in the outcome.
   */
  async request(name: CommandName, avps: Avps, options: { answerMs?: number; isRetransmitted?: boolean } = {}): Promise<RequestOutcome> {
    const { application } = requestHead(name);
    if (this.#state !== 'open') return { kind: 'not_sent', why: 'no_connection' };
    if (!this.common.some(({ id }) => id === application)) return { kind: 'not_sent', why: 'not_common' };
    if (this.#pending.size >= REQUESTS_OUT_MAX) return { kind: 'not_sent', why: 'too_many' };
    if (this.#outgoing.isBacklogged) return { kind: 'not_sent', why: 'backlog' };
    const [first, ...rest] = avps;
    return this.#ask(name, [first, { octets: this.#sender }, ...rest], options);
  }

  /** DPR with a cause of RFC 6733 §5.4.3, after what is under way has been answered; then the end. Settles when it is closed. */
  async part(cause: number = REBOOTING): Promise<void> {
    if (this.#state === 'open') {
      this.#become('parted');
      await this.#work.idle();
      this.#outgoing.flush();
      const { partingMs } = this.#tools.timers;
      await this.#ask('Disconnect-Peer', [{ octets: this.#sender }, avp('Disconnect-Cause', cause)], { answerMs: partingMs });
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
    if (this.#state === 'open' && this.#watchdog.doubt(this.#nowMs(), answerMs)) this.#askWatchdog();
  }

  /** Time has passed. */
  tick(nowMs: number): void {
    this.counters.unanswered += this.#pending.expire(nowMs);
    if (this.#state === 'closed') {
      if (nowMs >= this.#deadlineMs) this.drop();
    } else if (this.#state !== 'open') {
      if (nowMs >= this.#deadlineMs) this.#fail('deadline');
    } else if (this.#outgoing.isHopeless) this.#fail('silence');
    else {
      const action = this.#watchdog.tick(nowMs);
      if (action === 'ask') this.#askWatchdog();
      else if (action === 'close') this.#fail('silence');
    }
  }

  #read(chunk: Buffer): void {
    if (this.#isOver()) return;
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
    return !this.#isOver();
  }

  #takeRequest(request: Message): void {
    this.counters.requestsIn += 1;
    const isBase = request.application === 0;
    if (this.#state === 'accepted' || this.#state === 'asking') {
      // §5.6: the first message of whoever connects is a CER, and of whoever was connected to a CEA.
      if (this.#state === 'accepted' && isBase && request.command === CAPABILITIES) this.#takeCapabilities(request);
      else this.#fail('refused');
      return;
    }
    const { identity, log } = this.#tools;
    const finding = judgeRequest(request, { identity, peer: this.peer, common: this.common });
    if (finding !== undefined) {
      this.counters.malformed += 1;
      log.info(
        { peer: this.name, command: request.command, resultCode: finding.resultCode, why: finding.why },
        'a Diameter request was refused',
      );
      this.#answerFinding(request, finding);
    } else if (isBase) this.#takeBase(request);
    else if (this.#state === 'parting') this.#answerFinding(request, BUSY('this node is closing the connection'));
    else if (this.#work.count >= (this.peer?.requestsMax ?? 0)) this.#answerFinding(request, BUSY('too many requests are under way'));
    else this.#work.take(request);
  }

  #takeBase(request: Message): void {
    if (request.command === CAPABILITIES) this.#answer(request, { resultCode: RESULT.SUCCESS, avps: this.#capabilities(false) });
    else if (request.command === WATCHDOG)
      this.#answer(request, { resultCode: RESULT.SUCCESS, avps: [avp('Origin-State-Id', this.#tools.identity.originStateId)] });
    else if (request.command === DISCONNECT) void this.#takeParting(request);
  }

  #takeAnswer(answer: Message): void {
    const pending = this.#pending.take(answer);
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
      else this.#answerCapabilities(message, agreed);
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
    if (!message.isRequest && message.get('Result-Code') !== RESULT.SUCCESS) {
      const why = message.get('Error-Message') ?? 'the peer does not let us in';
      return { resultCode: message.get('Result-Code') ?? RESULT.UNABLE_TO_COMPLY, why, failed: undefined };
    }
    const admitted = this.#hooks.admit(message, this);
    if (admitted === 'drop' || 'resultCode' in admitted) return admitted;
    const common = commonApplications(message, this.#tools.applications, this.isSecure);
    if ('resultCode' in common) return common;
    this.common = common;
    this.peer = admitted.peer;
    this.originStateId = message.get('Origin-State-Id');
    admitted.counters.connections += 1;
    admitted.counters.octetsIn += this.counters.octetsIn;
    admitted.counters.requestsIn += this.counters.requestsIn;
    this.counters = admitted.counters;
    return undefined;
  }

  #answerCapabilities(request: Message, finding: Finding | undefined): void {
    const failed = finding?.failed === undefined ? [] : [avp('Failed-AVP', [{ octets: finding.failed }])];
    this.#answer(request, {
      resultCode: finding?.resultCode ?? RESULT.SUCCESS,
      ...(finding === undefined ? {} : { errorMessage: finding.why }),
      avps: [...this.#capabilities(false), ...failed],
    });
  }

  #capabilities(withSender = true): Avps {
    const { identity, applications } = this.#tools;
    return [withSender ? { octets: this.#sender } : undefined, ...ownCapabilities(identity, applications, this.#socket.localAddress)];
  }

  async #takeParting(request: Message): Promise<void> {
    this.#become('parted');
    await this.#work.idle();
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

  #ask(name: CommandName, avps: Avps, options: { answerMs?: number; isRetransmitted?: boolean } = {}): Promise<RequestOutcome> {
    const { command, application, flags } = requestHead(name);
    const [hopByHop, endToEnd] = [this.#pending.nextHopByHop(), this.#pending.nextEndToEnd()];
    const retransmitted = options.isRetransmitted === true ? MESSAGE_FLAG.RETRANSMITTED : 0;
    const octets = writeMessage({ command, application, flags: flags | retransmitted, hopByHop, endToEnd, avps });
    return new Promise((resolve) => {
      const deadlineMs = this.#nowMs() + (options.answerMs ?? this.#tools.timers.answerMs);
      this.#pending.add(hopByHop, { command, application, endToEnd, deadlineMs, resolve });
      this.counters.requestsOut += 1;
      this.#send(octets, undefined);
    });
  }

  #askWatchdog(): void {
    const { originStateId } = this.#tools.identity;
    // Its own clock is the watchdog; that the request was waited for is of no interest.
    void this.#ask('Device-Watchdog', [{ octets: this.#sender }, avp('Origin-State-Id', originStateId)], {
      answerMs: Number.MAX_SAFE_INTEGER,
    });
  }

  #isOver(): boolean {
    return this.#state === 'closed' || this.#socket.destroyed;
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
      this.#pending.endAll();
      this.#work.giveUp();
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

const BUSY = (why: string): Finding => ({ resultCode: RESULT.TOO_BUSY, why, failed: undefined });
