/**
 * Where others find us: registered at the NRF, alive by a heartbeat, and gone from it when we close (Nnrf_NFManagement, TS 29.510
 * §5.2.2). An NRF that is away is asked again; one that has forgotten us is told again.
 */
import type { Log } from '#platform/log';
import type { SbiClient, SbiOutcome } from './client.ts';
import { type NfFacts, nfProfile } from './nf-profile.ts';

export type NrfOptions = {
  /** "http://192.0.2.10:8000" */
  readonly nrfUrl: string;
  readonly facts: NfFacts;
  /** Whether the NRF wants a token of its own for what follows a registration. */
  readonly needsToken: boolean;
  readonly client: SbiClient;
  readonly retryMs?: number;
  readonly log: Log;
};

export type NrfRegistration = {
  readonly isRegistered: boolean;
  /** After the attempt under way. */
  close(): Promise<void>;
};

const RETRY_MS = 5_000;
const TOKEN_SPARE_MS = 30_000;

export function registerAtNrf(options: NrfOptions): NrfRegistration {
  const registration = new Registration(options);
  registration.begin();
  return registration;
}

class Registration implements NrfRegistration {
  isRegistered = false;
  readonly #options: NrfOptions;
  readonly #address: string;
  #heartbeatMs: number;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #isClosed = false;
  #token: { readonly text: string; readonly untilMs: number } | undefined;

  constructor(options: NrfOptions) {
    const { nrfUrl, facts } = options;
    this.#options = options;
    this.#address = `${nrfUrl.replace(/\/+$/, '')}/nnrf-nfm/v1/nf-instances/${facts.instanceId}`;
    this.#heartbeatMs = facts.heartbeatSeconds * 1000;
  }

  begin(): void {
    this.#underWay = this.#turn().then(() => {
      if (this.#isClosed) return;
      this.#timer = setTimeout(() => this.begin(), this.isRegistered ? this.#heartbeatMs : (this.#options.retryMs ?? RETRY_MS));
      this.#timer.unref();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#underWay;
    if (!this.isRegistered) return;
    const { client } = this.#options;
    const outcome = await client.request({ method: 'DELETE', url: this.#address, headers: await this.#authorization(), msMax: 2_000 });
    this.isRegistered = false;
    if (outcome.kind !== 'answered' || outcome.status >= 300) this.#warn('the NRF was not told that we are gone', outcome);
  }

  async #turn(): Promise<void> {
    if (this.isRegistered && (await this.#beat())) return;
    const wasRegistered = this.isRegistered;
    this.isRegistered = await this.#register();
    if (this.isRegistered && !wasRegistered) this.#options.log.info({ nrf: this.#options.nrfUrl }, 'registered at the NRF');
  }

  async #register(): Promise<boolean> {
    const { client, facts } = this.#options;
    const outcome = await client.request({ method: 'PUT', url: this.#address, body: nfProfile(facts) });
    if (outcome.kind !== 'answered' || outcome.status >= 300) {
      this.#warn('not registered at the NRF; consumers find us only where they are told where we are', outcome);
      return false;
    }
    const { heartBeatTimer } = (outcome.body ?? {}) as { heartBeatTimer?: unknown };
    // The NRF says how often it wants to hear of us.
    if (typeof heartBeatTimer === 'number' && heartBeatTimer > 0) this.#heartbeatMs = heartBeatTimer * 1000;
    return true;
  }

  /** False: it does not know us any more. One that is away is not asked to learn us anew at each beat. */
  async #beat(): Promise<boolean> {
    const outcome = await this.#options.client.request({
      ...{ method: 'PATCH', url: this.#address },
      body: [{ op: 'replace', path: '/nfStatus', value: 'REGISTERED' }],
      headers: { 'content-type': 'application/json-patch+json', ...(await this.#authorization()) },
    });
    if (outcome.kind === 'answered' && outcome.status < 300) return true;
    this.#warn('the NRF did not take our heartbeat', outcome);
    return outcome.kind !== 'answered';
  }

  /** A token for the NRF itself (§5.4.2), where it wants one. */
  async #authorization(): Promise<Record<string, string>> {
    const { needsToken, client, nrfUrl, facts } = this.#options;
    if (!needsToken) return {};
    const nowMs = performance.now();
    if (this.#token === undefined || this.#token.untilMs <= nowMs) {
      const form = {
        ...{ grant_type: 'client_credentials', nfInstanceId: facts.instanceId, nfType: facts.nfType },
        ...{ targetNfType: 'NRF', scope: 'nnrf-nfm' },
      };
      const text = new URLSearchParams(form).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const outcome = await client.request({ method: 'POST', url: `${nrfUrl.replace(/\/+$/, '')}/oauth2/token`, text, headers });
      const { access_token: token, expires_in: seconds } = (outcome.kind === 'answered' && outcome.status === 200 ? outcome.body : {}) as {
        access_token?: unknown;
        expires_in?: unknown;
      };
      if (typeof token !== 'string') return {};
      this.#token = { text: token, untilMs: nowMs + (typeof seconds === 'number' ? seconds * 1000 : 60_000) - TOKEN_SPARE_MS };
    }
    return { authorization: `Bearer ${this.#token.text}` };
  }

  #warn(message: string, outcome: SbiOutcome): void {
    const { log, nrfUrl } = this.#options;
    log.warn({ nrf: nrfUrl, ...(outcome.kind === 'answered' ? { status: outcome.status } : { why: outcome.why }) }, message);
  }
}
