/**
 * What a door understood of one request of the network, and what the engine answers: neither knows Diameter nor HTTP.
 * Quantities are octets, seconds or messages, by the session's kind.
 */
import type { Service } from '#domain/catalog';
import type { PeerProfile } from './profiles.ts';
import type { ChargingResult } from './results.ts';

export type ServiceKind = 'data' | 'voice' | 'message';

/** `event`: begins and ends in one request (RFC 8506 §6). `refund`: takes an event back. */
export type Operation = 'begin' | 'update' | 'end' | 'event' | 'refund';

export type ChargingRequest = {
  /** Who asks, as the connection proved it: Origin-Host, or the consumer's NF id. */
  readonly peer: string;
  readonly profile: PeerProfile;
  /** The peer's name of the session: Session-Id, or the reference we gave it. */
  readonly reference: string;
  readonly operation: Operation;
  /** What makes it the same request within its session: number and type, or its content. Repeated: the same answer (G1). */
  readonly key: string;
  /** Ascending within a session; null for peers that never number. */
  readonly number: bigint | null;
  /** 16 octets over everything that counts. The same key with another content is answered as before, and nothing is debited. */
  readonly contentHash: Buffer;
  /** The IMSI decides; a number that differs is told in the log, because numbers move. */
  readonly line: { readonly imsi?: string; readonly number?: string };
  readonly kind: ServiceKind;
  /** MCC-MNC digits of the network the line is in; undefined: at home. */
  readonly visitedNetwork?: string;
  /** E.164 digits called or written to. */
  readonly destination?: string;
  /** Where the peer wants to be told to ask again (Nchf notifyUri). */
  readonly notify?: string;
  /** The door names a page where whoever has nothing left can buy: data that has come to its end is led there, not refused (RFC 8506 §5.6.2). */
  readonly leadsToPage?: boolean;
  readonly items: readonly AskedItem[];
  /** Of a refund: what the answer to the event said of it (Refund-Information). */
  readonly refundOf?: string;
};

/** One rating group of a request. */
export type AskedItem = {
  readonly ratingGroup: number | null;
  readonly serviceIdentifier: number | null;
  /** undefined: wants nothing more; null: wants some, without saying how much. */
  readonly asked?: bigint | null;
  /** undefined: reports nothing. */
  readonly used?: bigint;
  /** Of `used`, what came after the tariff changed (RFC 8506 Tariff-Change-Usage). */
  readonly usedAfterTariffChange?: bigint;
};

export type ChargingAnswer = {
  readonly result: ChargingResult;
  readonly items: readonly AnsweredItem[];
  /** Of an event that was done: the name by which it can be taken back, once. */
  readonly refundInformation?: string;
};

export type AnsweredItem = {
  readonly ratingGroup: number | null;
  readonly serviceIdentifier: number | null;
  readonly result: ChargingResult;
  /** Null: nothing was asked for, or nothing is given. Never 0. */
  readonly granted: bigint | null;
  /** Whole seconds until the peer asks again at the latest; null with nothing granted. */
  readonly validitySeconds: number | null;
  /** Report when this much is left; null: at the end. */
  readonly threshold: bigint | null;
  /** From then on use costs something else. */
  readonly tariffChangeAt: Date | null;
  /**
   * Nothing follows this quota, as things stand; without a quota: nothing but the page where one buys; of a refusal: the
   * session is over with it.
   */
  readonly final: boolean;
  readonly speed: 'full' | 'throttled';
};

/** Why a grant has its size, kept in the record. */
export type GrantReason = 'first' | 'rate' | 'floor' | 'ceiling' | 'near_end' | 'last' | 'paced' | 'free' | 'asked';

/** One rating group of a request's record: what was asked, used and granted, from what, and why. */
export type RecordedItem = {
  readonly ratingGroup: number | null;
  readonly service: Service;
  readonly zone: string;
  readonly asked: bigint | null;
  readonly used: bigint;
  /** [allowance, quantity] */
  readonly from: readonly (readonly [bigint, bigint])[];
  readonly free: bigint;
  readonly paid: bigint;
  readonly paidMinor: bigint;
  readonly lost: bigint;
  /** What the lost would have cost, where it has a price. */
  readonly lostMinor?: bigint;
  /** Names of the prices that were asked: "payg@1/data/any/night" (plan, service, zone, tariff). */
  readonly rates?: readonly string[];
  readonly granted: bigint | null;
  readonly why: GrantReason | ChargingResult | 'refunded' | 'overrun' | null;
};
