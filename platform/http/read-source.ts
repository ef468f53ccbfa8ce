/**
 * Where a request came from, behind proxies of one's own. `X-Forwarded-For` is written by whoever asks, so it is read from
 * its end, and only as far as the ones who wrote there are trusted: the first address that is not a proxy of ours is the caller.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Gives a caller's address; the socket's own when no proxy is trusted. `proxies`: addresses and networks, "10.0.0.0/8". */
export function createSourceReader(proxies: readonly string[]): (request: IncomingMessage) => string {
  const isTrusted = createNetworkCheck(proxies);
  return (request) => {
    const nearest = bare(request.socket.remoteAddress ?? 'unknown');
    if (!isTrusted(nearest)) return nearest;
    const said = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map(bare).reverse();
    const theirs = said.findIndex((address) => !isTrusted(address));
    // All of them ours, or something that is no address: then nobody said it who is trusted, and the last proxy is the caller.
    const caller = theirs < 0 ? said.at(-1) : said[theirs];
    return caller !== undefined && isIP(caller) !== 0 ? caller : (said[theirs - 1] ?? nearest);
  };
}

/** Whether an address is one of these, or in one of these networks. */
function createNetworkCheck(networks: readonly string[]): (address: string) => boolean {
  const listed = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) listed.addAddress(address, family);
    else listed.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && listed.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/**
 * Whether a request came straight from one of these addresses and networks. Behind a proxy everybody may seem to be on this machine, so what was
 * forwarded came from nowhere.
 */
export function createDirectCheck(networks: readonly string[]): (request: IncomingMessage) => boolean {
  const isListed = createNetworkCheck(networks);
  return ({ headers, socket }) => FORWARDED.every((name) => headers[name] === undefined) && isListed(bare(socket.remoteAddress ?? ''));
}

/** "::ffff:192.0.2.1" and "192.0.2.1:5678" are 192.0.2.1; "[2001:db8::1]:5678" is 2001:db8::1. */
function bare(text: string): string {
  const address = text.trim();
  const within = /^\[([^\]]+)\](?::\d+)?$/.exec(address)?.[1] ?? /^(\d+(?:\.\d+){3}):\d+$/.exec(address)?.[1] ?? address;
  return /^::ffff:(\d+(?:\.\d+){3})$/i.exec(within)?.[1] ?? within;
}

/** Whether a text names an address or a network. */
export function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  return (
    family !== 0 && more === undefined && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32)))
  );
}
