/** Whether a request of an agreed connection is to be acted on here (RFC 6733 §6.1.4 and §7.1): it is in order, of an application in common, and for us. */
import { checkHeader, checkMessage } from './check-message.ts';
import { findCommand } from './dictionary.ts';
import type { Finding } from './finding.ts';
import type { Message } from './message.ts';
import { type Application, type Identity, isSameIdentity, type Peer } from './peer.ts';
import { RESULT } from './result-codes.ts';

type Sides = { readonly identity: Identity; readonly peer: Peer | undefined; readonly common: readonly Application[] };

/** Undefined when it is. */
export function judgeRequest(request: Message, { identity, peer, common }: Sides): Finding | undefined {
  const inHeader = checkHeader(request);
  if (inHeader !== undefined) return inHeader;
  const { application } = request;
  const ours = application === 0 ? undefined : common.find(({ id }) => id === application);
  if (application !== 0 && ours === undefined) return fault(RESULT.APPLICATION_UNSUPPORTED, `application ${application} is not agreed on`);
  const command = findCommand(request.command, application);
  if (ours !== undefined && command !== undefined && !ours.takes.includes(command.name))
    return fault(RESULT.COMMAND_UNSUPPORTED, `${command.name} is not taken here`);
  const finding = checkMessage(request);
  if (finding !== undefined) return finding;
  // The Origin-Host is bound to the connection: nobody speaks for another, but who was named as carrying others.
  if (peer !== undefined && !peer.carriesOthers && !isSameIdentity(request.get('Origin-Host'), peer.originHost))
    return fault(RESULT.INVALID_AVP_VALUE, 'the Origin-Host is not that of this connection', request.raw('Origin-Host'));
  if (ours === undefined) return undefined;
  const realm = request.get('Destination-Realm');
  if (realm !== undefined && !isSameIdentity(realm, identity.originRealm))
    return fault(RESULT.REALM_NOT_SERVED, `this is ${identity.originRealm}`);
  const host = request.get('Destination-Host');
  if (host !== undefined && !isSameIdentity(host, identity.originHost))
    return fault(RESULT.UNABLE_TO_DELIVER, `this is ${identity.originHost}`);
  return undefined;
}

function fault(resultCode: number, why: string, failed?: Buffer): Finding {
  return { resultCode, why, failed };
}
