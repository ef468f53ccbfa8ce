/** The Diameter connection to the charging system: made again whenever it is lost, because a packet core does not give up either. */
import {
  type Answer,
  APPLICATION,
  type Avps,
  type CommandName,
  connectDiameter,
  type Message,
  type PeerConnection,
  RESULT,
  type RequestOutcome,
  VENDOR_3GPP,
  valuesOf,
} from '#channels/diameter';
import type { Clock } from '#platform/clock';
import type { Log } from '#platform/log';
import type { CoreLink, CoreOutcome, OnAsked } from './link.ts';
import type { CoreProfile } from './profiles.ts';
import { readAnswer } from './read-answer.ts';
import { type CoreRequest, writeRequest } from './write-request.ts';

/** What the core asked once, and what came of it: all that a model outside may know. */
export type Exchange = {
  readonly request: CoreRequest;
  readonly avps: Avps;
  readonly isRetransmitted: boolean;
  readonly outcome: RequestOutcome;
  readonly tookMs: number;
};

export type GyLinkOptions = {
  readonly host: string;
  readonly port: number;
  readonly originHost: string;
  readonly originRealm: string;
  readonly profile: CoreProfile;
  readonly clock: Clock;
  readonly log: Log;
  readonly onAsked: OnAsked;
  /** Told of each request that was sent, with what came of it. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** A policy counter has changed (SNR of Sy); undefined: nobody asked. */
  readonly onStatus: (told: Message) => Answer | undefined;
};

const AGAIN_MS = 500;
const { REBOOTING } = valuesOf('Disconnect-Cause');

export class GyLink implements CoreLink {
  readonly #options: GyLinkOptions;
  readonly #originStateId: number;
  #connection: PeerConnection | undefined;
  #connecting: Promise<PeerConnection | undefined> | undefined;
  #again: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** Why there is none. */
  trouble: string | undefined;
  /** Of whoever answered first; undefined until then. */
  #realm: string | undefined;

  constructor(options: GyLinkOptions) {
    this.#options = options;
    this.#originStateId = Math.floor(options.clock.transport().getTime() / 1000);
  }

  get isConnected(): boolean {
    return this.#connection?.state === 'open';
  }

  get isReady(): boolean {
    return this.#realm !== undefined;
  }

  async connect(): Promise<boolean> {
    return (await this.#connect()) !== undefined;
  }

  async request(request: CoreRequest, isRetransmitted: boolean): Promise<CoreOutcome> {
    const { profile, onExchange } = this.#options;
    const sentMs = performance.now();
    const connection = await this.#connect();
    const avps = writeRequest({ ...request, profile, destinationRealm: this.#realm ?? '' });
    const outcome: RequestOutcome =
      connection === undefined
        ? { kind: 'not_sent', why: 'no_connection' }
        : await connection.request('Credit-Control', avps, { isRetransmitted });
    onExchange?.({ request, avps, isRetransmitted, outcome, tookMs: performance.now() - sentMs });
    if (outcome.kind !== 'answered') return { kind: 'unanswered' };
    const services = Buffer.concat(outcome.answer.rawAll('Multiple-Services-Credit-Control')).toString('latin1');
    return { kind: 'answered', answer: { ...readAnswer(outcome.answer), meaning: services } };
  }

  /** Of whoever answered first. */
  get realm(): string | undefined {
    return this.#realm;
  }

  /** What is not credit control: the policy function's. */
  async ask(name: CommandName, avps: Avps): Promise<RequestOutcome> {
    const connection = await this.#connect();
    return connection === undefined ? { kind: 'not_sent', why: 'no_connection' } : connection.request(name, avps);
  }

  async drop(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#again);
    await this.#connecting;
    this.#connection?.drop();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#again);
    await this.#connecting;
    await this.#connection?.part(REBOOTING);
  }

  #connect(): Promise<PeerConnection | undefined> {
    if (this.isConnected) return Promise.resolve(this.#connection);
    if (this.#isClosed) return Promise.resolve(undefined);
    this.#connecting ??= this.#open().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async #open(): Promise<PeerConnection | undefined> {
    const { host, port, originHost, originRealm, profile, clock, log } = this.#options;
    try {
      const connection = await connectDiameter({
        ...{ host, port, clock, log, onRequest: (request) => this.#answer(request) },
        identity: { originHost, originRealm, productName: 'Packet core simulator', vendorId: 0, originStateId: this.#originStateId },
        applications: [
          { id: APPLICATION.CREDIT_CONTROL, vendor: 0, takes: profile.obeysAbort ? ['Re-Auth', 'Abort-Session'] : ['Re-Auth'] },
          ...(profile.asksPolicy ? [{ id: APPLICATION.SY, vendor: VENDOR_3GPP, takes: ['Spending-Status-Notification'] as const }] : []),
        ],
      });
      this.#connection = connection;
      this.trouble = undefined;
      const answerer = connection.peer?.originHost ?? '';
      this.#realm = answerer.slice(answerer.indexOf('.') + 1);
      void connection.closed.then(() => this.#tryAgain());
      return connection;
    } catch (error) {
      this.trouble = (error as Error).message;
      this.#tryAgain();
      return undefined;
    }
  }

  #tryAgain(): void {
    if (this.#isClosed) return;
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.#connect(), AGAIN_MS);
    this.#again.unref();
  }

  #answer(request: Message): Answer {
    if (request.application === APPLICATION.SY) return this.#options.onStatus(request) ?? { resultCode: RESULT.UNKNOWN_SESSION_ID };
    const what = request.command === ABORT_SESSION ? 'abort' : 'reauthorise';
    return { resultCode: this.#options.onAsked(what, request.get('Session-Id') ?? '') ? RESULT.SUCCESS : RESULT.UNKNOWN_SESSION_ID };
  }
}

const ABORT_SESSION = 274;
