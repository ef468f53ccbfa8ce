/** What a network function says of itself at the NRF (TS 29.510 §6.1.6.2.2), made from the route sets it serves. */
import { hash } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import type { RouteSet } from './route-set.ts';

export type NfFacts = {
  readonly instanceId: string;
  /** "CHF" */
  readonly nfType: string;
  readonly scheme: 'http' | 'https';
  /** How consumers reach it: an address or a name. */
  readonly host: string;
  readonly port: number;
  readonly routeSets: readonly RouteSet[];
  readonly heartbeatSeconds: number;
};

export function nfProfile({ instanceId, nfType, scheme, host, port, routeSets, heartbeatSeconds }: NfFacts): object {
  const address = addressOf(host);
  const authority = isIPv6(host) ? `[${host}]` : host;
  return {
    nfInstanceId: instanceId,
    nfType,
    nfStatus: 'REGISTERED',
    heartBeatTimer: heartbeatSeconds,
    ...(isIPv4(host) ? { ipv4Addresses: [host] } : isIPv6(host) ? { ipv6Addresses: [host] } : { fqdn: host }),
    ...(nfType === 'CHF' ? { chfInfo: {} } : {}),
    nfServices: routeSets.map(({ name, version, fullVersion }) => ({
      serviceInstanceId: name,
      serviceName: name,
      versions: [{ apiVersionInUri: version, apiFullVersion: fullVersion }],
      scheme,
      nfServiceStatus: 'REGISTERED',
      ipEndPoints: [{ ...address, transport: 'TCP', port }],
      // free5GC reads this and nothing else of it.
      apiPrefix: `${scheme}://${authority}:${port}`,
    })),
  };
}

function addressOf(host: string) {
  if (isIPv4(host)) return { ipv4Address: host };
  return isIPv6(host) ? { ipv6Address: host } : {};
}

/** The same instance for the same text: a node that starts again is the one it was. Shaped as a UUID of version 4 (TS 29.571 §5.3.2). */
export function instanceIdOf(text: string): string {
  const hex = hash('sha256', text, 'hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
