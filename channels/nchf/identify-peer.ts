/**
 * Whether a consumer is one of our peers: by the name it gives itself, from where it may come, and by what its token and its
 * certificate say where there are any. One that is not listed is refused.
 */
import type { NetworkPeer } from '#domain/charging';
import { mayComeFrom } from '#platform/networks';
import type { SbiCaller } from '#platform/sbi';
import type { ChargingData } from './charging-data.ts';

export type NchfPeer = Pick<NetworkPeer, 'originHost' | 'profile' | 'addresses' | 'needsTls' | 'requestsMax' | 'nfInstanceId'>;

/** The peer, or why it is not let in, for the log. */
export function identifyPeer(
  peers: readonly NchfPeer[],
  { nFName, nFFqdn }: ChargingData['nfConsumerIdentification'],
  caller: SbiCaller,
): NchfPeer | string {
  const names = [nFName, nFFqdn].flatMap((name) => (name === undefined ? [] : [name.toLowerCase()]));
  const peer = peers.find(({ originHost, nfInstanceId }) => names.some((name) => name === originHost || name === nfInstanceId));
  if (peer === undefined) return 'a consumer nobody named';
  if (!mayComeFrom(peer.addresses, caller.address)) return 'this consumer does not come from there';
  if (peer.needsTls && !caller.isTls) return 'this consumer comes by TLS';
  const proved = [peer.originHost, ...(peer.nfInstanceId === null ? [] : [`urn:uuid:${peer.nfInstanceId}`])];
  const shown = caller.certificateNames.map((name) => name.toLowerCase());
  // Without addresses the certificate is all that tells it from others.
  const needsCertificate = peer.needsTls && peer.addresses.length === 0;
  if ((needsCertificate || shown.length > 0) && !shown.some((name) => proved.includes(name))) return 'its certificate names somebody else';
  if (caller.tokenSubject !== undefined && peer.nfInstanceId !== null && caller.tokenSubject.toLowerCase() !== peer.nfInstanceId)
    return 'its token was made for somebody else';
  return peer;
}
