/** What a connection is given by the side of the house it belongs to. */
import type { Clock } from '#platform/clock';
import type { Log } from '#platform/log';
import type { Random } from '#platform/random';
import type { PeerConnection } from './connection.ts';
import type { PeerCounters } from './counters.ts';
import type { Finding } from './finding.ts';
import type { Message } from './message.ts';
import type { Application, Identity, Peer, Timers } from './peer.ts';
import type { Answer } from './write-answer.ts';

/** Takes a request that is in order, of an application in common, and for us. What it throws is answered 5012. */
export type OnRequest = (request: Message, connection: PeerConnection) => Promise<Answer> | Answer;

export type ConnectionTools = {
  readonly identity: Identity;
  readonly applications: readonly Application[];
  readonly onRequest: OnRequest;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly timers: Timers;
};

/**
 * Whether a peer is let in by what its CER or CEA says, asked after the message itself was found in order: the peer and
 * where to count it, why not, or `drop` to end without a word.
 */
export type Admit = (
  capabilities: Message,
  connection: PeerConnection,
) => { readonly peer: Peer; readonly counters: PeerCounters } | Finding | 'drop';

export type Hooks = { readonly admit: Admit; readonly onChange: (connection: PeerConnection) => void };
