/** A Diameter server of ours on a free port, with the sample peers named, a clock that stands still, and ticks that do not. */
import {
  type Answer,
  APPLICATION,
  avp,
  type DiameterOptions,
  type DiameterServer,
  listenDiameter,
  type Message,
  type Peer,
  RESULT,
} from '#channels/diameter';
import { ManualClock } from '#platform/clock';
import { createLog } from '#platform/log';
import { OCS, PCRF, REALM, SMF } from './sample-messages.ts';

export const samplePeer = (originHost: string, more: Partial<Peer> = {}): Peer => ({
  originHost,
  addresses: ['127.0.0.0/8'],
  needsTls: false,
  carriesOthers: false,
  requestsMax: 100,
  ...more,
});

/** The least a credit-control answer needs. */
export function grantSome(request: Message): Answer {
  if (request.application !== APPLICATION.CREDIT_CONTROL)
    return { resultCode: RESULT.SUCCESS, avps: [avp('Auth-Application-Id', request.application)] };
  return {
    resultCode: RESULT.SUCCESS,
    avps: [
      avp('Auth-Application-Id', APPLICATION.CREDIT_CONTROL),
      avp('CC-Request-Type', request.get('CC-Request-Type') ?? 0),
      avp('CC-Request-Number', request.get('CC-Request-Number') ?? 0),
      avp('Multiple-Services-Credit-Control', [
        avp('Granted-Service-Unit', [avp('CC-Total-Octets', 1_000_000n)]),
        avp('Validity-Time', 600),
      ]),
    ],
  };
}

export const GY = { id: APPLICATION.CREDIT_CONTROL, vendor: 0, takes: ['Credit-Control'] } as const;
export const SY = { id: APPLICATION.SY, vendor: 10_415, takes: ['Spending-Limit', 'Session-Termination'] } as const;

export const quietLog = createLog('/dev/null', 'silent');

/** Closed when the test ends. */
export async function openServer(
  t: { after(end: () => Promise<void>): void },
  options: Partial<DiameterOptions> = {},
): Promise<{ server: DiameterServer; port: number; clock: ManualClock }> {
  const clock = new ManualClock('2026-11-02T17:00:00Z');
  const server = await listenDiameter({
    listen: [{ host: '127.0.0.1', port: 0 }],
    identity: { originHost: OCS, originRealm: REALM, productName: 'Everline', vendorId: 0, originStateId: 7 },
    peers: () => [samplePeer(SMF), samplePeer(PCRF)],
    applications: [GY, SY],
    onRequest: grantSome,
    log: quietLog,
    clock,
    ...options,
    timers: { tickMs: 5, ...options.timers },
  });
  // What a test left waiting ends by the clock, as it would in a house.
  t.after(async () => {
    const closed = server.close();
    const hurry = setInterval(() => clock.advance(1_000), 5);
    await closed;
    clearInterval(hurry);
  });
  return { server, port: server.ports[0] ?? 0, clock };
}
