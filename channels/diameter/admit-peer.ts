/** Whether the sender of a CER is one of our peers, and comes from where and how it may (RFC 6733 §5.3, 3010). */
import { BlockList, isIPv4, isIPv6, type Socket } from 'node:net';
import { checkServerIdentity, TLSSocket } from 'node:tls';
import { ipAddress } from './address.ts';
import { isSameIdentity, type Peer } from './peer.ts';

/** The peer, or why it is not let in. */
export function findPeer(peers: readonly Peer[], originHost: string | undefined, socket: Socket): Peer | string {
  const peer = peers.find((each) => isSameIdentity(each.originHost, originHost));
  if (peer === undefined) return 'an Origin-Host nobody named';
  if (!mayComeFrom(peer, socket.remoteAddress ?? '')) return 'this peer does not come from there';
  if (peer.needsTls && !(socket instanceof TLSSocket)) return 'this peer comes by TLS';
  // Who showed a certificate is who the certificate says; whether one is asked for is the listener's to say.
  if (!(socket instanceof TLSSocket)) return peer;
  const certificate = socket.getPeerCertificate();
  if (Object.keys(certificate).length === 0) return peer;
  return checkServerIdentity(peer.originHost, certificate) === undefined ? peer : 'its certificate names somebody else';
}

function mayComeFrom({ addresses }: Peer, remoteAddress: string): boolean {
  if (addresses.length === 0) return true;
  const remote = ipAddress(remoteAddress);
  if (remote.family !== 'ipv4' && remote.family !== 'ipv6') return false;
  const allowed = new BlockList();
  for (const address of addresses) {
    const [network = '', prefix] = address.split('/');
    // What is no address allows nothing: peers are data, and a slip in it must not stop the others.
    if (!isIPv4(network) && !isIPv6(network)) continue;
    const family = isIPv4(network) ? 'ipv4' : 'ipv6';
    const bits = Number(prefix ?? (family === 'ipv4' ? 32 : 128));
    if (!Number.isInteger(bits) || bits < 0 || bits > (family === 'ipv4' ? 32 : 128)) continue;
    allowed.addSubnet(network, bits, family);
  }
  return allowed.check(remote.text, remote.family);
}
