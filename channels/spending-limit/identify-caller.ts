/**
 * Which of our peers asks. The body of a spending limit names no consumer, so it is known by its token, by its certificate, or
 * by where it comes from; one that is known by none of them is refused.
 */
import { mayComeFrom } from '#platform/networks';
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
