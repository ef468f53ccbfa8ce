/** Whether both sides can go on from what one said of itself in a CER or CEA (RFC 6733 §5.3), and our word about it. */
import type { PeerConnection } from './connection.ts';
import type { ConnectionTools, Hooks } from './connection-tools.ts';
import type { PeerCounters } from './counters.ts';
import { commonApplications, ownCapabilities } from './exchange-capabilities.ts';
import type { Finding } from './finding.ts';
import type { Message } from './message.ts';
import type { Application, Peer } from './peer.ts';
import { RESULT } from './result-codes.ts';
import type { Answer } from './write-answer.ts';
import { avp } from './write-message.ts';

export type Agreement = {
  readonly peer: Peer;
  readonly counters: PeerCounters;
  readonly common: readonly Application[];
  readonly originStateId: number | undefined;
};

/** Who it is and what both speak; or why it is not let in; `drop` to end without a word. */
export function agreeOn(
  message: Message,
  connection: PeerConnection,
  { admit }: Hooks,
  { applications }: ConnectionTools,
): Agreement | Finding | 'drop' {
  if (!message.isRequest && message.get('Result-Code') !== RESULT.SUCCESS) {
    const why = message.get('Error-Message') ?? 'the peer does not let us in';
    return { resultCode: message.get('Result-Code') ?? RESULT.UNABLE_TO_COMPLY, why, failed: undefined };
  }
  const admitted = admit(message, connection);
  if (admitted === 'drop' || 'resultCode' in admitted) return admitted;
  const common = commonApplications(message, applications, connection.isSecure);
  if ('resultCode' in common) return common;
  return { ...admitted, common, originStateId: message.get('Origin-State-Id') };
}

/** Our CEA: that we agree, or why not. */
export function capabilitiesAnswer(
  { identity, applications }: ConnectionTools,
  localAddress: string | undefined,
  finding: Finding | undefined,
): Answer {
  const own = ownCapabilities(identity, applications, localAddress);
  const failed = finding?.failed === undefined ? [] : [avp('Failed-AVP', [{ octets: finding.failed }])];
  return {
    resultCode: finding?.resultCode ?? RESULT.SUCCESS,
    ...(finding === undefined ? {} : { errorMessage: finding.why }),
    avps: [...own, ...failed],
  };
}
