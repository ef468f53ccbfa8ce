/**
 * Which of our peers asks. The body of a spending limit names no consumer, so it is known by its token, by its certificate, or
 * by where it comes from; one that is known by none of them is refused.
 */
import { BlockList, isIP } from 'node:net';
import type { SbiCaller } from '#platform/sbi';

export type ConsumerPeer = {
  readonly originHost: string;
  readonly addresses: readonly string[];
  readonly needsTls: boolean;
  readonly nfInstanceId?: string | null;
};

/** Its name. */
export function identifyCaller(peers: readonly ConsumerPeer[], caller: SbiCaller): string | undefined {
  const able = peers.filter(({ addresses, needsTls }) => (!needsTls || caller.isTls) && mayComeFrom(addresses, caller.address));
  const { tokenSubject, certificateNames } = caller;
  if (tokenSubject !== undefined)
    return able.find(({ nfInstanceId }) => nfInstanceId?.toLowerCase() === tokenSubject.toLowerCase())?.originHost;
  if (certificateNames.length > 0) {
    const shown = certificateNames.map((name) => name.toLowerCase());
    const isShown = ({ originHost, nfInstanceId }: ConsumerPeer) =>
      shown.includes(originHost) || (nfInstanceId != null && shown.includes(`urn:uuid:${nfInstanceId.toLowerCase()}`));
    return able.find(isShown)?.originHost;
  }
  // Where it comes from tells it from others only where that is said.
  return able.find(({ addresses }) => addresses.length > 0)?.originHost;
}

function mayComeFrom(addresses: readonly string[], address: string): boolean {
  if (addresses.length === 0) return true;
  const allowed = new BlockList();
  for (const one of addresses) {
    const [network = '', bits] = one.split('/');
    const family = isIP(network);
    // What is no address allows nothing: peers are data, and a slip in it must not stop the others.
    if (family === 0) continue;
    const most = family === 4 ? 32 : 128;
    const prefix = Number(bits ?? most);
    if (Number.isInteger(prefix) && prefix >= 0 && prefix <= most) allowed.addSubnet(network, prefix, family === 4 ? 'ipv4' : 'ipv6');
  }
  return isIP(address) !== 0 && allowed.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}
