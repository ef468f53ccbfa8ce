/**
 * What a service of the 5G core's HTTP interfaces is made of (3GPP TS 29.501): a name, a version, and routes below
 * `/<name>/<version>`. A door gives a route set; the server mounts it, and the registration at the NRF is made from it.
 */

export type SbiMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who sent a request, as far as the connection and its token prove it. */
export type SbiCaller = {
  /** "192.0.2.7", an IPv4 address never in IPv6's clothes. */
  readonly address: string;
  readonly isTls: boolean;
  /** Names in the certificate it showed and our authority signed (DNS and URI); empty without one. */
  readonly certificateNames: readonly string[];
  /** NF instance that its access token was made for; undefined where no tokens are asked for. */
  readonly tokenSubject: string | undefined;
};

export type SbiRequest = {
  /** Variable parts of the path, decoded, by their names. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON, whatever it is; undefined when nothing was sent. Numbers beyond 2^53 have lost their last digits. */
  readonly body: unknown;
  readonly caller: SbiCaller;
  /** "http://192.0.2.1:8080": how the caller reached us, for a Location. */
  readonly origin: string;
};

export type SbiAnswer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as application/json, or as application/problem+json from status 400 on. */
  readonly body?: unknown;
};

export type SbiRoute = {
  readonly method: SbiMethod;
  /** Below `/<name>/<version>`, variable parts in braces: "/chargingdata/{ref}/update". */
  readonly path: string;
  /** It takes a form in place of JSON, as an object of texts (TS 29.510 §6.3.5.2.2, access tokens). */
  readonly takesForm?: true;
  /** May throw: a fault of ours, told as 500. */
  readonly answer: (request: SbiRequest) => SbiAnswer | Promise<SbiAnswer>;
};

export type RouteSet = {
  /** "nchf-convergedcharging": the first part of the path, the service name at the NRF, and the scope of its tokens. */
  readonly name: string;
  /** "v3" */
  readonly version: string;
  /** "3.2.0" */
  readonly fullVersion: string;
  readonly routes: readonly SbiRoute[];
};
