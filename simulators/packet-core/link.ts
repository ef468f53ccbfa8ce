/** The connection to the charging system: made again whenever it is lost, because a packet core does not give up either. */
import {
  type Answer,
  APPLICATION,
  type Avps,
  connectDiameter,
  type Message,
  type PeerConnection,
  RESULT,
  type RequestOutcome,
  valuesOf,
} from '#channels/diameter';
import type { Clock } from '#platform/clock';
import type { Log } from '#platform/log';

export type LinkOptions = {
  readonly host: string;
  readonly port: number;
  readonly originHost: string;
  readonly originRealm: string;
  /** Two cores that obey differently take different commands. */
  readonly takesAbort: boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly onRequest: (request: Message) => Answer;
};

const AGAIN_MS = 500;
const { REBOOTING } = valuesOf('Disconnect-Cause');

export class Link {
  readonly #options: LinkOptions;
  readonly #originStateId: number;
  #connection: PeerConnection | undefined;
  #connecting: Promise<PeerConnection | undefined> | undefined;
  #again: NodeJS.Timeout | undefined;
  #isClosed = false;
  /** Why there is none. */
  trouble: string | undefined;
  /** Of whoever answered first; undefined until then. */
  realm: string | undefined;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#originStateId = Math.floor(options.clock.transport().getTime() / 1000);
  }

  get isConnected(): boolean {
    return this.#connection?.state === 'open';
  }

  /** Whether there is a connection, after the attempt under way; another attempt follows by itself. */
  async connect(): Promise<boolean> {
    return (await this.#connect()) !== undefined;
  }

  async request(avps: Avps, isRetransmitted: boolean): Promise<RequestOutcome> {
    const connection = await this.#connect();
    if (connection === undefined) return { kind: 'not_sent', why: 'no_connection' };
    return connection.request('Credit-Control', avps, { isRetransmitted });
  }

  /** Falls over: nobody is told, and nothing comes again. */
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
    const { host, port, originHost, originRealm, takesAbort, clock, log, onRequest } = this.#options;
    try {
      const connection = await connectDiameter({
        ...{ host, port, clock, log, onRequest },
        identity: { originHost, originRealm, productName: 'Packet core simulator', vendorId: 0, originStateId: this.#originStateId },
        applications: [{ id: APPLICATION.CREDIT_CONTROL, vendor: 0, takes: takesAbort ? ['Re-Auth', 'Abort-Session'] : ['Re-Auth'] }],
      });
      this.#connection = connection;
      this.trouble = undefined;
      const answerer = connection.peer?.originHost ?? '';
      this.realm = answerer.slice(answerer.indexOf('.') + 1);
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
}

/** Any of ours is about one session. */
export const COMMANDS = { reAuth: 258, abortSession: 274 } as const;
export const ANSWERS = {
  success: { resultCode: RESULT.SUCCESS },
  unknownSession: { resultCode: RESULT.UNKNOWN_SESSION_ID },
} as const satisfies Record<string, Answer>;
