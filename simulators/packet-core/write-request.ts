/** A Credit-Control-Request as the profile's packet core writes it (RFC 8506 §3.1, TS 32.299 §6.4.2). */
import { APPLICATION, type Avps, avp, valuesOf } from '#channels/diameter';
import type { CoreProfile } from './profiles.ts';
import { type Octets, octetsOf, type Reason } from './service-quota.ts';

const TYPE = valuesOf('CC-Request-Type');
const SUBSCRIPTION = valuesOf('Subscription-Id-Type');
const REASON = valuesOf('Reporting-Reason');

export type RequestKind = 'initial' | 'update' | 'termination';

export type RequestedService = {
  readonly ratingGroup: number | undefined;
  readonly asks: boolean;
  readonly use: Octets | undefined;
  /** Since its last report. */
  readonly seconds: number;
  readonly reason: Reason | undefined;
};

/** What a core has to say, before it is a message of any protocol. */
export type CoreRequest = {
  readonly sessionId: string;
  readonly kind: RequestKind;
  readonly number: number;
  readonly imsi: string;
  readonly e164: string | undefined;
  /** MCC and MNC of the network the subscriber is in. */
  readonly visitedNetwork: string | undefined;
  readonly services: readonly RequestedService[];
  /** The core's own time of it, in milliseconds. */
  readonly atMs: number;
};

export type GyRequest = CoreRequest & { readonly profile: CoreProfile; readonly destinationRealm: string };

export function writeRequest(request: GyRequest): Avps {
  const { profile, kind, visitedNetwork } = request;
  const type = { initial: TYPE.INITIAL_REQUEST, update: TYPE.UPDATE_REQUEST, termination: TYPE.TERMINATION_REQUEST }[kind];
  return [
    avp('Session-Id', request.sessionId),
    avp('Destination-Realm', request.destinationRealm),
    avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
    avp('Service-Context-Id', profile.serviceContext),
    avp('CC-Request-Type', type),
    avp('CC-Request-Number', request.number),
    subscription(SUBSCRIPTION.END_USER_IMSI, request.imsi),
    request.e164 === undefined ? undefined : subscription(SUBSCRIPTION.END_USER_E164, request.e164.replace(/^\+/, '')),
    kind === 'termination' ? avp('Termination-Cause', valuesOf('Termination-Cause').LOGOUT) : undefined,
    profile.sendsRequestedAction ? avp('Requested-Action', valuesOf('Requested-Action').DIRECT_DEBITING) : undefined,
    avp('Multiple-Services-Indicator', profile.multipleServices),
    ...request.services.map((service) => avp('Multiple-Services-Credit-Control', serviceAvps(profile, service))),
    visitedNetwork === undefined
      ? undefined
      : avp('Service-Information', [avp('PS-Information', [avp('3GPP-SGSN-MCC-MNC', visitedNetwork)])]),
  ];
}

function subscription(type: number, data: string) {
  return avp('Subscription-Id', [avp('Subscription-Id-Type', type), avp('Subscription-Id-Data', data)]);
}

function serviceAvps(profile: CoreProfile, { ratingGroup, asks, use, seconds, reason }: RequestedService): Avps {
  const { asksOctets } = profile;
  return [
    asks ? avp('Requested-Service-Unit', asksOctets === null ? [] : [avp('CC-Total-Octets', asksOctets)]) : undefined,
    use === undefined ? undefined : avp('Used-Service-Unit', usedAvps(profile, use, seconds)),
    ratingGroup === undefined ? undefined : avp('Rating-Group', ratingGroup),
    reason === undefined || !profile.sendsReportingReason ? undefined : avp('Reporting-Reason', REASON[reason]),
  ];
}

function usedAvps({ reportsDirections }: CoreProfile, use: Octets, seconds: number): Avps {
  if (!reportsDirections) return [avp('CC-Total-Octets', octetsOf(use))];
  return [avp('CC-Time', seconds), avp('CC-Input-Octets', use.up), avp('CC-Output-Octets', use.down)];
}
