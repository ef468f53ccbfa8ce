/**
 * The Gy door: packet cores ask by Diameter credit control, the engine answers. Each peer has a profile; which, is data
 * that may change while it is connected. After a renewal the sessions of a line are asked to ask again (RAR).
 */
import {
  type Answer,
  APPLICATION,
  avp,
  type DiameterServer,
  type ListenAddress,
  listenDiameter,
  type Message,
  type Peer,
  type PeerConnection,
  RESULT,
  type RequestOutcome,
  type ServedApplication,
  serveApplications,
  valuesOf,
} from '#channels/diameter';
import { type ChargingEngine, type ChargingRequest, type Enquiry, type PeerProfile, PROFILES } from '#domain/charging';
import type { Clock } from '#platform/clock';
import type { Log } from '#platform/log';
import { isEnquiry, writeEnquiryAnswer } from './answer-enquiry.ts';
import { readRequest } from './read-request.ts';
import { type GyTerms, requestEcho, writeChargingAnswer } from './write-answer.ts';

export type GyPeer = Peer & { readonly profile: PeerProfile['code'] };

export type GyOptions = GyTerms & {
  readonly listen: readonly ListenAddress[];
  readonly originHost: string;
  readonly originRealm: string;
  /** Grows with each start. */
  readonly originStateId: number;
  readonly engine: ChargingEngine;
  /** What an event would cost, without doing it. */
  readonly enquire: (request: ChargingRequest) => Promise<Enquiry>;
  /** Asked with each connection and each request: changed without a restart. */
  readonly peers: () => readonly GyPeer[];
  /** A peer has connected, and says which life of its this is: it may have forgotten its sessions. */
  readonly onPeer?: (peer: { readonly originHost: string; readonly originStateId: number }) => void;
  /** What else is spoken with the same peers on the same connections: Sy. */
  readonly beside?: readonly ServedApplication[];
  readonly clock: Clock;
  readonly log: Log;
};

export type GyDoor = {
  readonly ports: readonly number[];
  readonly server: DiameterServer;
  /** Asks the peer of a session to report and ask again. */
  reauthorise(session: GySession): Promise<RequestOutcome>;
  /** Asks the peer to end a session. */
  abort(session: GySession): Promise<RequestOutcome>;
  close(): Promise<void>;
};

/** As its row names it. */
export type GySession = { readonly peer: string; readonly reference: string };

export async function openGy(options: GyOptions): Promise<GyDoor> {
  const { engine, peers, originHost, originRealm, originStateId } = options;
  const profileOf = (peer: string) =>
    PROFILES[peers().find((one) => one.originHost.toLowerCase() === peer.toLowerCase())?.profile ?? 'standard'];
  const server = await listenDiameter({
    listen: options.listen,
    identity: { originHost, originRealm, originStateId, productName: 'Everline', vendorId: 0 },
    ...serveApplications([
      { id: APPLICATION.CREDIT_CONTROL, vendor: 0, takes: ['Credit-Control'], onRequest: answerRequest },
      ...(options.beside ?? []),
    ]),
    peers,
    onConnection: ({ peer, originStateId, state }) => {
      if (state === 'open' && peer !== undefined && originStateId !== undefined)
        options.onPeer?.({ originHost: peer.originHost.toLowerCase(), originStateId });
    },
    clock: options.clock,
    log: options.log,
  });
  return {
    ports: server.ports,
    server,
    reauthorise: (session) => ask(session, 'Re-Auth', [avp('Re-Auth-Request-Type', valuesOf('Re-Auth-Request-Type').AUTHORIZE_ONLY)]),
    abort: (session) => ask(session, 'Abort-Session', []),
    close: () => server.close(),
  };

  /** A fault of ours is told too, in order. */
  async function answerRequest(message: Message, connection: PeerConnection): Promise<Answer> {
    try {
      return await understand(message, connection);
    } catch (error) {
      options.log.error({ err: error, peer: connection.peer?.originHost, session: message.get('Session-Id') }, 'a request of Gy failed');
      return { resultCode: RESULT.UNABLE_TO_COMPLY, avps: requestEcho(message) };
    }
  }

  async function understand(message: Message, connection: PeerConnection): Promise<Answer> {
    const request = readRequest(message, connection, profileOf);
    if ('resultCode' in request) return { ...request, avps: requestEcho(message) };
    if (isEnquiry(message)) return writeEnquiryAnswer(message, await options.enquire(request));
    const leads = options.redirectUrl === undefined ? request : { ...request, leadsToPage: true };
    return writeChargingAnswer(message, request.kind, await engine.charge(leads), options);
  }

  function ask(
    { peer, reference }: GySession,
    command: 'Re-Auth' | 'Abort-Session',
    more: ReturnType<typeof avp>[],
  ): Promise<RequestOutcome> {
    return server.request(peer, command, [
      avp('Session-Id', reference),
      avp('Destination-Realm', realmOf(peer)),
      avp('Destination-Host', peer),
      avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
      ...more,
    ]);
  }
}

/** A host's realm is what follows its first label, unless the peer says otherwise (RFC 6733 §1.2). */
function realmOf(host: string): string {
  return host.slice(host.indexOf('.') + 1);
}
