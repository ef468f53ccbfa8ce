/** Who of the network may ask: data, changed without a restart, each change recorded (S4). */
import { writeHouseEntry } from '#domain/records';
import { type Queries, statement } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import { type PeerProfile, PROFILES } from './profiles.ts';
import { refuse } from './refusals.ts';

export type NetworkPeer = {
  /** Diameter's identity of it, or what a consumer of Nchf calls itself (nFName, nFFqdn); in small letters. */
  readonly originHost: string;
  readonly door: 'gy' | 'nchf';
  readonly profile: PeerProfile['code'];
  /** Addresses ("192.0.2.7") and networks ("10.1.0.0/16") it may come from. */
  readonly addresses: readonly string[];
  readonly needsTls: boolean;
  readonly carriesOthers: boolean;
  readonly requestsMax: number;
  /** Of Nchf: for whom its tokens are made and its certificate stands; null: whoever comes from its addresses. */
  readonly nfInstanceId: string | null;
};

/** One that says nothing of 5G asks at the Gy door. */
export type PeerToSave = Omit<NetworkPeer, 'door' | 'nfInstanceId'> & Partial<Pick<NetworkPeer, 'door' | 'nfInstanceId'>>;

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
/** A consumer of Nchf should say its NF instance id (TS 32.291 §6.1.6.2.1.10), and says what it likes: free5GC says "SMF". */
const CONSUMER = /^[a-z0-9][a-z0-9._-]{0,254}$/;

/**
 * Lets a peer in, or changes how it is let in. Refuses `charging.peer_name_invalid` for what is no domain name,
 * `charging.peer_profile_unknown`, and `charging.peer_from_anywhere` for one that would be let in from any address without TLS.
 */
export async function savePeer(
  tools: Tools,
  peer: PeerToSave,
  by: PeerChange,
): Promise<undefined | Refusal<'charging.peer_name_invalid' | 'charging.peer_profile_unknown' | 'charging.peer_from_anywhere'>> {
  const originHost = peer.originHost.toLowerCase();
  const door = peer.door ?? 'gy';
  if (!(door === 'gy' ? IDENTITY : CONSUMER).test(originHost)) return refuse('charging.peer_name_invalid', { name: peer.originHost });
  if (!Object.hasOwn(PROFILES, peer.profile)) return refuse('charging.peer_profile_unknown', { profile: peer.profile });
  if (peer.addresses.length === 0 && !peer.needsTls) return refuse('charging.peer_from_anywhere', { name: originHost });
  const at = tools.clock.transport();
  return tools.database.transaction(async (tx) => {
    const before = await tx.maybe(lockPeer, { originHost });
    const after: NetworkPeer = { ...peer, originHost, door, nfInstanceId: peer.nfInstanceId?.toLowerCase() ?? null };
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
