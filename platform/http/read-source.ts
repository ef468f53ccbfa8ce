/**
 * Where a request came from, behind proxies of one's own. `X-Forwarded-For` is written by whoever asks, so it is read from
 * its end, and only as far as the ones who wrote there are trusted: the first address that is not a proxy of ours is the caller.
 */
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { bareAddress, createNetworkCheck } from '#platform/networks';

/** Gives a caller's address; the socket's own when no proxy is trusted. `proxies`: addresses and networks, "10.0.0.0/8". */
export function createSourceReader(proxies: readonly string[]): (request: IncomingMessage) => string {
  const isTrusted = createNetworkCheck(proxies);
  return (request) => {
    const nearest = bareAddress(request.socket.remoteAddress ?? 'unknown');
    if (!isTrusted(nearest)) return nearest;
    const said = [request.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map(bareAddress).reverse();
    const theirs = said.findIndex((address) => !isTrusted(address));
    // All of them ours, or something that is no address: then nobody said it who is trusted, and the last proxy is the caller.
    const caller = theirs < 0 ? said.at(-1) : said[theirs];
    return caller !== undefined && isIP(caller) !== 0 ? caller : (said[theirs - 1] ?? nearest);
  };
}

const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip'];

/**
 * Whether a request came straight from one of these addresses and networks. Behind a proxy everybody may seem to be on this machine, so what was
 * forwarded came from nowhere.
 */
export function createDirectCheck(networks: readonly string[]): (request: IncomingMessage) => boolean {
  const isListed = createNetworkCheck(networks);
  return ({ headers, socket }) =>
    FORWARDED.every((name) => headers[name] === undefined) && isListed(bareAddress(socket.remoteAddress ?? ''));
}
