/** Who speaks: ourselves, the peers we let in, and the applications both may have in common. All of it is data. */
import type { CommandName } from './dictionary.ts';

/** What we say of ourselves in capabilities and in each message (RFC 6733 §5.3). */
export type Identity = {
  readonly originHost: string;
  readonly originRealm: string;
  readonly productName: string;
  /** IANA's enterprise number of whoever made this; 0 for none. */
  readonly vendorId: number;
  /** Grows with each start that forgot its sessions (§8.16): by it a peer knows that we were away. */
  readonly originStateId: number;
  /** What Host-IP-Address tells; the address the connection came in on, when absent. */
  readonly hostAddresses?: readonly string[];
};

/** A peer that is let in. */
export type Peer = {
  readonly originHost: string;
  /** Addresses (`192.0.2.7`, `2001:db8::7`) and networks (`10.1.0.0/16`) it may come from. None: from anywhere, which only TLS with certificates excuses. */
  readonly addresses: readonly string[];
  /** Plain TCP is refused. */
  readonly needsTls: boolean;
  /** A relay or proxy, whose requests bear the Origin-Host of others. For every other peer, that of its capabilities is the only one. */
  readonly carriesOthers: boolean;
  /** Requests of its that may be under way at once; more are told 3004. */
  readonly requestsMax: number;
};

/** An application we speak. */
export type Application = {
  readonly id: number;
  /** 0 is told as Auth-Application-Id alone, another inside Vendor-Specific-Application-Id. */
  readonly vendor: number;
  /** The requests that `onRequest` takes; others are told 3001. */
  readonly takes: readonly CommandName[];
};

export type Timers = {
  /** Tw (RFC 3539 §3.4.1), before its two seconds of chance either way. */
  readonly watchdogMs: number;
  /** From the connection to the end of capabilities. */
  readonly handshakeMs: number;
  /** How long an answer to a request of ours is waited for, when the request does not say. */
  readonly answerMs: number;
  /** How long those who part wait for what is under way and for each other. */
  readonly partingMs: number;
  /** How often the clock is looked at. */
  readonly tickMs: number;
};

export const TIMERS: Timers = { watchdogMs: 30_000, handshakeMs: 10_000, answerMs: 10_000, partingMs: 3_000, tickMs: 250 };

/** Identities are domain names: case tells nothing (RFC 6733 §4.3.1). */
export function isSameIdentity(one: string | undefined, other: string | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && one.toLowerCase() === other.toLowerCase());
}
