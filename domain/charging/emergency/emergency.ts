/** What a node may give while nobody can be asked, and what it keeps of it (reliability.md G8). */
import type { ChargingAnswer, ChargingRequest } from '../charging.ts';
import { type PeerProfile, PROFILES } from '../profiles.ts';

export type EmergencyLimits = {
  /** Octets that a rating group gets at once. */
  readonly grant: bigint;
  /** Of one line, and of all lines together, in one day by UTC. */
  readonly lineADay: bigint;
  readonly nodeADay: bigint;
  /** A peer with such a quota asks again after so long: soon somebody may know more. */
  readonly validitySeconds: number;
};

/** A request as the journal keeps it: its profile by name, its hash as text. */
export type KeptRequest = Omit<ChargingRequest, 'profile' | 'contentHash'> & {
  readonly profile: PeerProfile['code'];
  readonly contentHash: string;
};

export type KeptAnswer = {
  readonly kind: 'answer';
  readonly request: KeptRequest;
  readonly answer: ChargingAnswer;
  /** "2026-11-21", and what this answer counts towards the day: what it grants, without what the one before it left unused. */
  readonly day: string;
  readonly counted: bigint;
};
/** What was given on a day by answers that have been replayed, and are kept no more. */
export type KeptDay = { readonly kind: 'day'; readonly day: string; readonly lines: readonly (readonly [line: string, octets: bigint])[] };
export type KeptEntry = KeptAnswer | KeptDay;

export function keepRequest(request: ChargingRequest): KeptRequest {
  return { ...request, profile: request.profile.code, contentHash: request.contentHash.toString('hex') };
}

export function readKept(request: KeptRequest): ChargingRequest {
  return { ...request, profile: PROFILES[request.profile], contentHash: Buffer.from(request.contentHash, 'hex') };
}

/** The IMSI decides, as everywhere. */
export function lineNameOf({ line: { imsi, number } }: Pick<ChargingRequest, 'line'>): string {
  return imsi ?? number ?? '';
}

export function sessionNameOf({ peer, reference }: Pick<ChargingRequest, 'peer' | 'reference'>): string {
  return `${peer}\n${reference}`;
}
