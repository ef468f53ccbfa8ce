/**
 * The repository of a small 5G core: who is registered and alive, and the tokens by which they show themselves to each other
 * (TS 29.510). It believes whoever registers, as an NRF in a closed network does.
 */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export type NfProfile = { readonly nfInstanceId: string; readonly nfType: string; readonly nfServices?: readonly unknown[] };
type Registered = { readonly profile: NfProfile; heardMs: number };

export type TokenAsk = {
  readonly nfInstanceId: string;
  readonly nfType: string;
  readonly targetNfType: string;
  readonly targetNfInstanceId: string;
  readonly scope: string;
};

export type NrfOptions = {
  /** How often it wants to hear of those who are registered. */
  readonly heartbeatSeconds: number;
  /** RS512 as free5GC signs, or ES256 as TS 33.501 recommends. */
  readonly algorithm: 'RS512' | 'ES256';
  readonly tokenSeconds: number;
  readonly now: () => Date;
};

/** Beats that may fail to come. */
const BEATS_MISSED_MAX = 2;

export class Nrf {
  readonly options: NrfOptions;
  /** PEM, for those who check its tokens. */
  readonly publicKey: string;
  readonly counts = { registrations: 0, heartbeats: 0, deregistrations: 0, discoveries: 0, tokens: 0 };
  readonly #key: KeyObject;
  readonly #registered = new Map<string, Registered>();

  constructor(options: NrfOptions) {
    const { publicKey, privateKey } =
      options.algorithm === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.options = options;
    this.#key = privateKey;
    this.publicKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  }

  /** Whether it is new. */
  register(profile: NfProfile): boolean {
    const isNew = !this.#registered.has(profile.nfInstanceId);
    this.#registered.set(profile.nfInstanceId, { profile, heardMs: this.#nowMs() });
    this.counts.registrations += 1;
    return isNew;
  }

  beat(instanceId: string): boolean {
    const registered = this.#registered.get(instanceId);
    if (registered === undefined) return false;
    registered.heardMs = this.#nowMs();
    this.counts.heartbeats += 1;
    return true;
  }

  deregister(instanceId: string): boolean {
    this.counts.deregistrations += 1;
    return this.#registered.delete(instanceId);
  }

  find(instanceId: string): NfProfile | undefined {
    return this.#registered.get(instanceId)?.profile;
  }

  /** Those alive. */
  discover(nfType: string): NfProfile[] {
    this.counts.discoveries += 1;
    return this.all().filter((profile) => profile.nfType === nfType);
  }

  all(): NfProfile[] {
    const eldestMs = this.#nowMs() - (BEATS_MISSED_MAX + 1) * this.options.heartbeatSeconds * 1000;
    return [...this.#registered.values()].filter(({ heardMs }) => heardMs > eldestMs).map(({ profile }) => profile);
  }

  /** It forgets everybody, as one that lost its store does. */
  forget(): void {
    this.#registered.clear();
  }

  /** A JWS of the claims in TS 29.510 §6.3.5.2.4. */
  token({ nfInstanceId, targetNfType, targetNfInstanceId, scope }: TokenAsk): string {
    this.counts.tokens += 1;
    const { algorithm, tokenSeconds } = this.options;
    const seconds = Math.floor(this.#nowMs() / 1000);
    const claims = {
      ...{ iss: 'nrf', sub: nfInstanceId, scope, iat: seconds, exp: seconds + tokenSeconds },
      aud: targetNfInstanceId === '' ? targetNfType : [targetNfInstanceId],
    };
    const text = [{ alg: algorithm, typ: 'JWT' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    const signature =
      algorithm === 'ES256'
        ? sign('sha256', Buffer.from(text), { key: this.#key, dsaEncoding: 'ieee-p1363' })
        : sign('sha512', Buffer.from(text), this.#key);
    return `${text}.${signature.toString('base64url')}`;
  }

  #nowMs(): number {
    return this.options.now().getTime();
  }
}
