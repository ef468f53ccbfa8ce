/** Who of the network may ask: data, changed without a restart, each change recorded (S4). */
import { writeHouseEntry } from '#domain/records';
import { type Queries, statement } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { type PeerProfile, PROFILES } from './profiles.ts';
import { refuse } from './refusals.ts';

export type NetworkPeer = {
  /** Diameter's identity of it, in small letters. */
  readonly originHost: string;
  readonly profile: PeerProfile['code'];
  /** Addresses ("192.0.2.7") and networks ("10.1.0.0/16") it may come from. */
  readonly addresses: readonly string[];
  readonly needsTls: boolean;
  readonly carriesOthers: boolean;
  readonly requestsMax: number;
};

/** Who changes it, and why. */
export type PeerChange = { readonly actor: string; readonly reason: string };

const listPeerRows = statement<object, NetworkPeer>(import.meta.dirname, 'list-peers');
const lockPeer = statement<{ originHost: string }, NetworkPeer>(import.meta.dirname, 'lock-peer');
const savePeerRow = statement<NetworkPeer & { at: Date }>(import.meta.dirname, 'save-peer');
const removePeerRow = statement<{ originHost: string }>(import.meta.dirname, 'remove-peer');

/** By name. */
export function listPeers(queries: Queries): Promise<NetworkPeer[]> {
  return queries.query(listPeerRows, {});
}

/** A Diameter identity is a domain name (RFC 6733 §4.3.1). */
const IDENTITY = /^(?=.{1,255}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;

/**
 * Lets a peer in, or changes how it is let in. Refuses `charging.peer_name_invalid` for what is no domain name,
 * `charging.peer_profile_unknown`, and `charging.peer_from_anywhere` for one that would be let in from any address without TLS.
 */
export async function savePeer(
  tools: Tools,
  peer: NetworkPeer,
  by: PeerChange,
): Promise<undefined | Refusal<'charging.peer_name_invalid' | 'charging.peer_profile_unknown' | 'charging.peer_from_anywhere'>> {
  const originHost = peer.originHost.toLowerCase();
  if (!IDENTITY.test(originHost)) return refuse('charging.peer_name_invalid', { name: peer.originHost });
  if (!Object.hasOwn(PROFILES, peer.profile)) return refuse('charging.peer_profile_unknown', { profile: peer.profile });
  if (peer.addresses.length === 0 && !peer.needsTls) return refuse('charging.peer_from_anywhere', { name: originHost });
  const at = tools.clock.transport();
  return tools.database.transaction(async (tx) => {
    const before = await tx.maybe(lockPeer, { originHost });
    const after = { ...peer, originHost };
    tx.write(savePeerRow, { ...after, at });
    writeHouseEntry(tx, { ...by, entryId: tools.mintId(0), action: 'charging.save_peer', subject: originHost, before, after, at });
    return undefined;
  });
}

/** From then on its connections are parted from, and new ones refused. Refuses `charging.peer_unknown`. */
export async function removePeer(tools: Tools, name: string, by: PeerChange): Promise<undefined | Refusal<'charging.peer_unknown'>> {
  const originHost = name.toLowerCase();
  const at = tools.clock.transport();
  return tools.database.transaction(async (tx) => {
    const before = await tx.maybe(lockPeer, { originHost });
    if (before === undefined) return refuse('charging.peer_unknown', { name });
    tx.write(removePeerRow, { originHost });
    writeHouseEntry(tx, {
      ...by,
      entryId: tools.mintId(0),
      action: 'charging.remove_peer',
      subject: originHost,
      before,
      after: undefined,
      at,
    });
    return undefined;
  });
}
