/**
 * The states of one connection, as data (RFC 6733 §5.6, without the election: we never dial a peer that dials us, so two
 * connections of one peer are never both under way from either side).
 */
import { assert } from '#platform/assert';

export type PeerState =
  /** A peer has connected; its CER is awaited. */
  | 'accepted'
  /** We have connected and sent our CER. */
  | 'asking'
  | 'open'
  /** DPR was sent or taken; what is under way is finished. */
  | 'parting'
  | 'closed';

export type PeerEvent = 'agreed' | 'refused' | 'parted' | 'deadline' | 'silence' | 'lost';

export const PEER_TRANSITIONS: Readonly<Record<PeerState, Partial<Readonly<Record<PeerEvent, PeerState>>>>> = {
  accepted: { agreed: 'open', refused: 'closed', parted: 'closed', deadline: 'closed', lost: 'closed' },
  asking: { agreed: 'open', refused: 'closed', parted: 'closed', deadline: 'closed', lost: 'closed' },
  // `refused`: what came could not be followed as a stream of messages any more.
  open: { refused: 'closed', parted: 'parting', silence: 'closed', lost: 'closed' },
  parting: { refused: 'closed', parted: 'parting', deadline: 'closed', silence: 'closed', lost: 'closed' },
  closed: { refused: 'closed', parted: 'closed', deadline: 'closed', silence: 'closed', lost: 'closed' },
};

export function nextPeerState(state: PeerState, event: PeerEvent): PeerState {
  const next = PEER_TRANSITIONS[state][event];
  assert(next !== undefined, `a connection that is ${state} knows ${event}`);
  return next;
}
