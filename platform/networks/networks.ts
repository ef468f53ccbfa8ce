/** Addresses and networks ("192.0.2.7", "10.1.0.0/16", "2001:db8::/32") as operators write them, and who is among them. */
import { BlockList, isIP } from 'node:net';

/** Whether an address is one of these, or in one of these networks. What is neither allows nothing: a slip in one must not stop the others. */
export function createNetworkCheck(networks: readonly string[]): (address: string) => boolean {
  const listed = new BlockList();
  for (const network of networks.filter(isNetwork)) {
    const [address = '', bits] = network.split('/');
    if (bits === undefined) listed.addAddress(address, familyOf(address));
    else listed.addSubnet(address, Number(bits), familyOf(address));
  }
  return (text) => {
    const address = bareAddress(text);
    return isIP(address) !== 0 && listed.check(address, familyOf(address));
  };
}

/** Whether somebody may come from an address; a list of none is everywhere. */
export function mayComeFrom(networks: readonly string[], address: string): boolean {
  return networks.length === 0 || createNetworkCheck(networks)(address);
}

/** Whether a text names an address or a network. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  return (
    family !== 0 && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32)))
  );
}

/** "::ffff:192.0.2.1" and "192.0.2.1:5678" are 192.0.2.1; "[2001:db8::1]:5678" is 2001:db8::1. */
export function bareAddress(text: string): string {
  const address = text.trim().replace(/%.*$/, '');
  const within = /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(address)?.[1] ?? address;
  return /^::ffff:(\d+(?:\.\d+){3})$/i.exec(within)?.[1] ?? within;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}
