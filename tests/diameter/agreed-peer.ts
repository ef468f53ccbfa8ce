/** A peer of the samples that has agreed on a connection, and what it says on it, octet by octet. */
import assert from 'node:assert/strict';
import { type Avps, avp, type Message, RESULT } from '#channels/diameter';
import { connectRaw, type RawPeer } from './raw-peer.ts';
import { capabilities, open5gsInitial, REALM, SMF, sampleRequest } from './sample-messages.ts';

export const cer = (originHost = SMF, more?: Avps): Buffer => sampleRequest('Capabilities-Exchange', capabilities(originHost, more));
export const ccr = (hopByHop = 1): Buffer => sampleRequest('Credit-Control', open5gsInitial(), hopByHop);
export const sender = (originHost = SMF): Avps => [avp('Origin-Host', originHost), avp('Origin-Realm', REALM)];
export const watchdog = (): Buffer => sampleRequest('Device-Watchdog', sender());
export const GY_AND_SY: Avps = [
  avp('Auth-Application-Id', 4),
  avp('Vendor-Specific-Application-Id', [avp('Vendor-Id', 10_415), avp('Auth-Application-Id', 16_777_302)]),
];

export async function agreed(port: number, octets = cer()): Promise<RawPeer> {
  const peer = await connectRaw(port);
  peer.send(octets);
  assert.equal((await peer.next()).get('Result-Code'), RESULT.SUCCESS);
  return peer;
}

export const resultOf = (message: Message): number | undefined => message.get('Result-Code');
