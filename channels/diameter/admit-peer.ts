/** Whether the sender of a CER is one of our peers, and comes from where and how it may (RFC 6733 §5.3, 3010). */
import type { Socket } from 'node:net';
import { checkServerIdentity, TLSSocket } from 'node:tls';
import { mayComeFrom } from '#platform/networks';
import { isSameIdentity, type Peer } from './peer.ts';

/** The peer, or why it is not let in. */
export function findPeer(peers: readonly Peer[], originHost: string | undefined, socket: Socket): Peer | string {
  const peer = peers.find((each) => isSameIdentity(each.originHost, originHost));
  if (peer === undefined) return 'an Origin-Host nobody named';
  if (!mayComeFrom(peer.addresses, socket.remoteAddress ?? '')) return 'this peer does not come from there';
  if (peer.needsTls && !(socket instanceof TLSSocket)) return 'this peer comes by TLS';
  // Who showed a certificate is who the certificate says; whether one is asked for is the listener's to say.
  if (!(socket instanceof TLSSocket)) return peer;
  const certificate = socket.getPeerCertificate();
  if (Object.keys(certificate).length === 0) return peer;
  return checkServerIdentity(peer.originHost, certificate) === undefined ? peer : 'its certificate names somebody else';
}
