/**
 * Answers (RFC 6733 §6.2): the request's identifiers, command and P bit, its Session-Id first (§8.8), its Proxy-Info as it
 * came. A malformed request is answered in the grammar of errors (§7.2), which §7.1.5 allows for permanent failures where
 * the command's own grammar cannot be met.
 */
import { checkErrorAnswer } from './check-message.ts';
import type { Finding } from './finding.ts';
import { MESSAGE_FLAG, Message } from './message.ts';
import { isProtocolError } from './result-codes.ts';
import { type Avps, avp, writeMessage } from './write-message.ts';

/** What a handler of requests gives back. Session-Id, Origin-Host, Origin-Realm and Proxy-Info are added to it. */
export type Answer = {
  /** Result-Code, or that of a vendor, told as Experimental-Result. */
  readonly resultCode: number | { readonly vendor: number; readonly code: number };
  readonly avps?: Avps;
  /** Why, for the peer's logs; never anything about a person. */
  readonly errorMessage?: string;
};

export function codeOf({ resultCode }: Answer): number {
  return typeof resultCode === 'number' ? resultCode : resultCode.code;
}

/** `sender` is Origin-Host and Origin-Realm, written once for all messages. */
export function writeAnswer(request: Message, answer: Answer, sender: Buffer): Buffer {
  const { resultCode, avps = [], errorMessage } = answer;
  const sessionId = request.raw('Session-Id');
  const result =
    typeof resultCode === 'number'
      ? avp('Result-Code', resultCode)
      : avp('Experimental-Result', [avp('Vendor-Id', resultCode.vendor), avp('Experimental-Result-Code', resultCode.code)]);
  return writeMessage({
    command: request.command,
    application: request.application,
    flags: (request.flags & MESSAGE_FLAG.PROXIABLE) | (isProtocolError(codeOf(answer)) ? MESSAGE_FLAG.ERROR : 0),
    hopByHop: request.hopByHop,
    endToEnd: request.endToEnd,
    avps: [
      sessionId === undefined ? undefined : { octets: sessionId },
      result,
      { octets: sender },
      ...avps,
      errorMessage === undefined ? undefined : avp('Error-Message', errorMessage),
      ...request.rawAll('Proxy-Info').map((octets) => ({ octets })),
    ],
  });
}

/** What was found wrong with a request, told to its sender. Of the request only what is itself in order is given back. */
export function writeErrorAnswer(request: Message, finding: Finding, sender: Buffer): Buffer {
  const sessionId = request.raw('Session-Id');
  const echoes = [
    sessionId === undefined ? [] : [{ octets: sessionId }],
    request.rawAll('Proxy-Info').map((octets) => ({ octets })),
  ] as const;
  const write = (head: Avps, tail: Avps): Buffer =>
    writeMessage({
      command: request.command,
      application: request.application,
      flags: (request.flags & MESSAGE_FLAG.PROXIABLE) | MESSAGE_FLAG.ERROR,
      hopByHop: request.hopByHop,
      endToEnd: request.endToEnd,
      avps: [
        ...head,
        { octets: sender },
        avp('Result-Code', finding.resultCode),
        avp('Error-Message', finding.why),
        finding.failed === undefined ? undefined : avp('Failed-AVP', [{ octets: finding.failed }]),
        ...tail,
      ],
    });
  // The fault may lie in the very things that are given back, or they may be too much to give back.
  const [head, tail] = echoes;
  const echoOctets = [...head, ...tail].reduce((sum, { octets }) => sum + octets.length, 0);
  if (echoOctets > ECHO_OCTETS_MAX) return write([], []);
  const answer = write(head, tail);
  return checkErrorAnswer(new Message(answer)) === undefined ? answer : write([], []);
}

const ECHO_OCTETS_MAX = 16_384;
