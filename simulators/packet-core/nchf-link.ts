/**
 * A core's way to its charging system over Nchf: HTTP/2 requests there, notifications here. Where the charging system is, it is
 * told, or asks an NRF, which then also gives it tokens.
 */
import { hash } from 'node:crypto';
import { RESULT } from '#channels/diameter';
import type { Log } from '#platform/log';
import { createSbiClient, instanceIdOf, problem, type SbiClient, type SbiRequest, type SbiServer, serveSbi } from '#platform/sbi';
import type { CoreLink, CoreOutcome, OnAsked } from './link.ts';
import { readChargingData, writeChargingData } from './nchf-message.ts';
import { NrfClient } from './nrf-client.ts';
import type { CoreProfile } from './profiles.ts';
import type { CoreRequest } from './write-request.ts';

export type NchfLinkOptions = {
  readonly host: string;
  readonly port: number;
  readonly nrfUrl?: string | undefined;
  /** The consumer's name. */
  readonly originHost: string;
  readonly profile: CoreProfile;
  readonly log: Log;
  readonly onAsked: OnAsked;
};

const LOCATIONS_MAX = 20_000;
const ANSWER_MS_MAX = 10_000;
const SERVICE = 'nchf-convergedcharging';

export class NchfLink implements CoreLink {
  readonly #options: NchfLinkOptions;
  readonly #client: SbiClient = createSbiClient();
  readonly #nrf: NrfClient;
  readonly #instanceId: string;
  readonly #upfId: string;
  /** Where the charging system told each session to go on (Location). */
  readonly #locations = new Map<string, string>();
  #opening: Promise<boolean> | undefined;
  #server: SbiServer | undefined;
  #root: string | undefined;
  trouble: string | undefined;

  constructor(options: NchfLinkOptions) {
    this.#options = options;
    this.#instanceId = instanceIdOf(options.originHost);
    this.#upfId = instanceIdOf(`upf of ${options.originHost}`);
    const { nrfUrl } = options;
    this.#nrf = new NrfClient({ client: this.#client, nrfUrl, instanceId: this.#instanceId, nfType: 'SMF', service: SERVICE });
  }

  get isConnected(): boolean {
    return this.#root !== undefined;
  }

  get isReady(): boolean {
    return this.isConnected;
  }

  connect(): Promise<boolean> {
    if (this.isConnected) return Promise.resolve(true);
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async request(request: CoreRequest, isRetransmitted: boolean): Promise<CoreOutcome> {
    if (!(await this.connect())) return { kind: 'unanswered' };
    const { kind, sessionId } = request;
    const { profile, originHost } = this.#options;
    const location = this.#locations.get(sessionId);
    // A session that never began: what was to be told of it belongs to none.
    if (kind !== 'initial' && location === undefined)
      return { kind: 'answered', answer: { resultCode: RESULT.UNKNOWN_SESSION_ID, services: [], meaning: '' } };
    const url = kind === 'initial' ? `${this.#root}/${SERVICE}/v3/chargingdata` : `${location}/${kind === 'update' ? 'update' : 'release'}`;
    const sender = {
      ...{ profile, name: originHost, instanceId: this.#instanceId, upfId: this.#upfId },
      chargingId: hash('md5', sessionId, 'buffer').readUInt32BE(0) >>> 1,
      notifyUri: `http://127.0.0.1:${this.#server?.ports[0]}/nsmf-callback/v1/notify/${encodeURIComponent(sessionId)}`,
    };
    const body = writeChargingData(request, sender, isRetransmitted);
    const outcome = await this.#client.request({
      method: 'POST',
      url,
      body,
      headers: await this.#nrf.authorization(),
      msMax: ANSWER_MS_MAX,
    });
    if (outcome.kind !== 'answered') {
      this.trouble = outcome.why;
      return { kind: 'unanswered' };
    }
    this.trouble = undefined;
    if (outcome.status === 201) this.#remember(sessionId, String(outcome.headers.location));
    return { kind: 'answered', answer: readChargingData(outcome.status, outcome.body, profile, this.#upfId) };
  }

  /** A request of HTTP/2 leaves nothing behind that could be told. */
  drop(): Promise<void> {
    return this.close();
  }

  async close(): Promise<void> {
    await this.#opening;
    this.#root = undefined;
    this.#client.close();
    await this.#server?.close();
  }

  /** Kept after the end too: what is told again, or late, goes to the same place. */
  #remember(sessionId: string, location: string): void {
    this.#locations.set(sessionId, location);
    const [eldest] = this.#locations.keys();
    if (this.#locations.size > LOCATIONS_MAX && eldest !== undefined) this.#locations.delete(eldest);
  }

  /** Listens for notifications, and finds out where to ask. */
  async #open(): Promise<boolean> {
    const { host, port, nrfUrl, log } = this.#options;
    this.#server ??= await serveSbi({
      ...{ listen: [{ host: '127.0.0.1', port: 0 }], log },
      routeSets: [
        {
          ...{ name: 'nsmf-callback', version: 'v1', fullVersion: '1.0.0' },
          routes: [{ method: 'POST', path: '/notify/{id}', answer: (request) => this.#notified(request) }],
        },
      ],
    });
    this.#root = nrfUrl === undefined ? `http://${host}:${port}` : await this.#nrf.discover();
    this.trouble = this.isConnected ? undefined : 'no CHF found at the NRF';
    return this.#root !== undefined;
  }

  #notified({ params, body }: SbiRequest) {
    const { notificationType } = (body ?? {}) as { notificationType?: unknown };
    const what = notificationType === 'ABORT_CHARGING' ? 'abort' : 'reauthorise';
    return this.#options.onAsked(what, params['id'] ?? '') ? { status: 204 } : problem(404, 'CONTEXT_NOT_FOUND');
  }
}
