/** Capabilities (RFC 6733 §5.3): what each side says of itself, and what follows for both. */
import { ipAddress } from './address.ts';
import { definitionOf, VENDOR_3GPP } from './dictionary.ts';
import { type Finding, missingAvp } from './finding.ts';
import type { Message } from './message.ts';
import type { Application, Identity } from './peer.ts';
import { RESULT } from './result-codes.ts';
import { APPLICATION } from './tables/commands.ts';
import { type Avps, avp } from './write-message.ts';

const NO_INBAND_SECURITY = 0;

/** The AVPs of our CER or CEA, after Origin-Host and Origin-Realm. */
export function ownCapabilities(identity: Identity, applications: readonly Application[], localAddress: string | undefined): Avps {
  const addresses = identity.hostAddresses ?? [localAddress ?? '127.0.0.1'];
  return [
    ...addresses.map((address) => avp('Host-IP-Address', ipAddress(address))),
    avp('Vendor-Id', identity.vendorId),
    avp('Product-Name', identity.productName),
    avp('Origin-State-Id', identity.originStateId),
    avp('Supported-Vendor-Id', VENDOR_3GPP),
    ...applications.map(({ id, vendor }) =>
      vendor === 0
        ? avp('Auth-Application-Id', id)
        : avp('Vendor-Specific-Application-Id', [avp('Vendor-Id', vendor), avp('Auth-Application-Id', id)]),
    ),
    avp('Inband-Security-Id', NO_INBAND_SECURITY),
  ];
}

/**
 * What we have in common with the sender of a CER or CEA, or why nothing can come of it. Refuses with 5005 and 5009 (a
 * Vendor-Specific-Application-Id without exactly one application, §6.11), 5017 and 5010.
 */
export function commonApplications(message: Message, ours: readonly Application[], isSecure: boolean): readonly Application[] | Finding {
  const named = new Set(message.all('Auth-Application-Id'));
  for (const group of message.all('Vendor-Specific-Application-Id')) {
    const auth = group.get('Auth-Application-Id');
    const acct = group.get('Acct-Application-Id');
    if (auth === undefined && acct === undefined) {
      const failed = Buffer.concat([missingAvp(definitionOf('Auth-Application-Id')), missingAvp(definitionOf('Acct-Application-Id'))]);
      return { resultCode: RESULT.MISSING_AVP, why: 'a Vendor-Specific-Application-Id without an application', failed };
    }
    if (auth !== undefined && acct !== undefined) {
      const why = 'a Vendor-Specific-Application-Id with two applications';
      const failed = Buffer.concat([...group.rawAll('Auth-Application-Id'), ...group.rawAll('Acct-Application-Id')]);
      return { resultCode: RESULT.AVP_OCCURS_TOO_MANY_TIMES, why, failed };
    }
    if (auth !== undefined) named.add(auth);
  }
  // §6.10: absent means none, and TLS inside a plain connection is deprecated (§13.1); TLS is a port of its own here.
  const security = message.all('Inband-Security-Id');
  if (!isSecure && security.length > 0 && !security.includes(NO_INBAND_SECURITY))
    return { resultCode: RESULT.NO_COMMON_SECURITY, why: 'TLS is spoken on its own port, not inside this connection', failed: undefined };
  const common = named.has(APPLICATION.RELAY) ? ours : ours.filter(({ id }) => named.has(id));
  if (common.length > 0) return common;
  return { resultCode: RESULT.NO_COMMON_APPLICATION, why: `applications here: ${ours.map(({ id }) => id).join(', ')}`, failed: undefined };
}
