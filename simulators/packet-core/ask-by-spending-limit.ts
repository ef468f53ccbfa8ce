/**
 * The policy function's requests in 5G (Nchf_SpendingLimitControl, 3GPP TS 29.594): a PCF subscribes to each subscriber's counter over
 * HTTP/2, listens for what changes, and unsubscribes. Where the charging system is, it is told, or asks an NRF.
 */
import type { Log } from '#platform/log';
import { createSbiClient, instanceIdOf, problem, type SbiClient, type SbiServer, serveSbi } from '#platform/sbi';
import { NrfClient } from './nrf-client.ts';
import { COUNTER, type PolicyDoor, type PolicyFunction, type PolicyStatus } from './policy-function.ts';
import type { SessionFacts } from './session.ts';

export type SpendingLimitDoorOptions = {
  readonly host: string;
  readonly port: number;
  readonly nrfUrl?: string | undefined;
  /** The core's name. */
  readonly originHost: string;
  readonly log: Log;
  /** Who is told what changes. */
  readonly policy: () => PolicyFunction | undefined;
};

const SERVICE = 'nchf-spendinglimitcontrol';

export class SpendingLimitDoor implements PolicyDoor {
  readonly #options: SpendingLimitDoorOptions;
  readonly #client: SbiClient = createSbiClient();
  readonly #nrf: NrfClient;
  /** Where each watch is kept there (Location). */
  readonly #locations = new Map<string, string>();
  #opening: Promise<boolean> | undefined;
  #server: SbiServer | undefined;
  #root: string | undefined;
  #isClosed = false;

  constructor(options: SpendingLimitDoorOptions) {
    this.#options = options;
    const instanceId = instanceIdOf(`pcf of ${options.originHost}`);
    this.#nrf = new NrfClient({ client: this.#client, nrfUrl: options.nrfUrl, instanceId, nfType: 'PCF', service: SERVICE });
  }

  /** HTTP connects with a request. */
  get isConnected(): boolean {
    return !this.#isClosed;
  }

  #connect(): Promise<boolean> {
    if (this.#root !== undefined) return Promise.resolve(true);
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async open(name: string, { imsi, e164 }: SessionFacts): Promise<PolicyStatus | undefined> {
    if (!(await this.#connect())) return undefined;
    const body = {
      supi: `imsi-${imsi}`,
      ...(e164 === undefined ? {} : { gpsi: `msisdn-${e164.replace(/^\+/, '')}` }),
      policyCounterIds: [COUNTER],
      notifUri: `http://127.0.0.1:${this.#server?.ports[0]}/npcf-callback/v1/limits/${encodeURIComponent(name)}`,
    };
    const headers = await this.#nrf.authorization();
    const outcome = await this.#client.request({ method: 'POST', url: `${this.#root}/${SERVICE}/v1/subscriptions`, body, headers });
    if (outcome.kind !== 'answered' || outcome.status !== 201) return undefined;
    this.#locations.set(name, String(outcome.headers.location));
    return statusIn(outcome.body) ?? { status: undefined, pending: [] };
  }

  async end(name: string): Promise<void> {
    const url = this.#locations.get(name);
    this.#locations.delete(name);
    if (url !== undefined) await this.#client.request({ method: 'DELETE', url, headers: await this.#nrf.authorization() });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#opening;
    this.#client.close();
    await this.#server?.close();
  }

  /** Listens for what changes, and finds out where to ask. */
  async #open(): Promise<boolean> {
    const { host, port, nrfUrl, log, policy } = this.#options;
    const known = (isKnown: boolean | undefined) => (isKnown === true ? { status: 204 } : problem(404, 'CONTEXT_NOT_FOUND'));
    this.#server ??= await serveSbi({
      ...{ listen: [{ host: '127.0.0.1', port: 0 }], log },
      routeSets: [
        {
          ...{ name: 'npcf-callback', version: 'v1', fullVersion: '1.0.0' },
          routes: [
            {
              ...{ method: 'POST', path: '/limits/{id}/notify' },
              answer: async ({ params, body }) => known(policy()?.hear(params['id'] ?? '', statusIn(body))),
            },
            {
              ...{ method: 'POST', path: '/limits/{id}/terminate' },
              answer: async ({ params }) => known(policy()?.hearEnd(params['id'] ?? '')),
            },
          ],
        },
      ],
    });
    this.#root = nrfUrl === undefined ? `http://${host}:${port}` : await this.#nrf.discover();
    return this.#root !== undefined;
  }
}

type CounterInfo = {
  readonly currentStatus: string;
  readonly penPolCounterStatuses?: readonly { readonly policyCounterStatus: string; readonly activationTime: string }[];
};

/** Of SpendingLimitStatus (§5.1.6.2.3); undefined: nothing about the counter. */
function statusIn(body: unknown): PolicyStatus | undefined {
  const { statusInfos } = (body ?? {}) as { statusInfos?: Readonly<Record<string, CounterInfo>> };
  const info = statusInfos?.[COUNTER];
  const pending = info?.penPolCounterStatuses ?? [];
  return (
    info && {
      status: info.currentStatus,
      pending: pending.map(({ policyCounterStatus, activationTime }) => ({
        status: policyCounterStatus,
        atMs: Date.parse(activationTime),
      })),
    }
  );
}
