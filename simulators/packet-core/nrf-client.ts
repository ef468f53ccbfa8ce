/** What a function of the core asks an NRF: where a service is, and a token for it (3GPP TS 29.510). */
import type { SbiClient } from '#platform/sbi';

export type NrfClientOptions = {
  readonly client: SbiClient;
  /** Undefined: there is none, and no token is needed. */
  readonly nrfUrl: string | undefined;
  readonly instanceId: string;
  readonly nfType: 'SMF' | 'PCF';
  /** "nchf-convergedcharging" */
  readonly service: string;
};

const TOKEN_SPARE_MS = 10_000;

export class NrfClient {
  readonly #options: NrfClientOptions;
  #token: { readonly text: string; readonly untilMs: number } | undefined;

  constructor(options: NrfClientOptions) {
    this.#options = options;
  }

  /** The first charging function that is registered, by the prefix of its service, as free5GC does. */
  async discover(): Promise<string | undefined> {
    const { client, nrfUrl, nfType, service } = this.#options;
    const url = `${nrfUrl}/nnrf-disc/v1/nf-instances?target-nf-type=CHF&requester-nf-type=${nfType}&service-names=${service}`;
    const outcome = await client.request({ method: 'GET', url });
    const { nfInstances = [] } = (outcome.kind === 'answered' && outcome.status === 200 ? outcome.body : {}) as {
      nfInstances?: readonly { readonly nfServices?: readonly { readonly serviceName: string; readonly apiPrefix?: string }[] }[];
    };
    return nfInstances[0]?.nfServices?.find(({ serviceName }) => serviceName === service)?.apiPrefix;
  }

  /** The header that a request bears. */
  async authorization(): Promise<Record<string, string>> {
    const { client, nrfUrl, nfType, instanceId, service } = this.#options;
    if (nrfUrl === undefined) return {};
    if (this.#token === undefined || this.#token.untilMs <= performance.now()) {
      const form = { grant_type: 'client_credentials', nfInstanceId: instanceId, nfType, targetNfType: 'CHF', scope: service };
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const text = new URLSearchParams(form).toString();
      const outcome = await client.request({ method: 'POST', url: `${nrfUrl}/oauth2/token`, text, headers });
      const answered = (outcome.kind === 'answered' && outcome.status === 200 ? outcome.body : {}) as {
        access_token?: string;
        expires_in?: number;
      };
      if (answered.access_token === undefined) return {};
      this.#token = { text: answered.access_token, untilMs: performance.now() + (answered.expires_in ?? 60) * 1000 - TOKEN_SPARE_MS };
    }
    return { authorization: `Bearer ${this.#token.text}` };
  }
}
