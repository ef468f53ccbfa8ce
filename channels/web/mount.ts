/**
 * Puts the built pages into a Node HTTP server: one handler, everything an outsider could forge taken off first.
 *
 * SvelteKit compares a form's `Origin` with the origin of the request's URL, whose scheme adapter-node takes from
 * `x-forwarded-proto` and otherwise guesses to be https: so this header is ours alone, set from the public address.
 */
import { existsSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { securityHeaders } from './security-headers.ts';
import { showNotSetUp } from './show-not-set-up.ts';
import type { SelfCareUseCases } from './use-cases.ts';
import { rememberVisit, type WebLog } from './visit.ts';

export type WebOptions = {
  readonly useCases: SelfCareUseCases;
  /** `PUBLIC_URL`: what people type, also when a proxy stands before us. */
  readonly publicUrl: string;
  readonly demonstration: boolean;
  readonly log: WebLog;
  /** Where a request came from; the socket's address unless a proxy of our own says better. Asked before headers are taken off. */
  readonly sourceOf?: (request: IncomingMessage) => string;
};

type PageHandler = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown;

/** The longest form has an address, a key and a method in it. */
const BODY_SIZE_LIMIT = '16K';
/** Prefix of the variables adapter-node reads; without one it would obey HOST, PORT and the like, which mean other things here. */
const PREFIX = 'EVERLINE_WEB_';
const BUILD_FOLDER = join(import.meta.dirname, 'build');

/** Loads the built pages; throws, saying what to run, when they have not been built. */
export async function mountWeb(options: WebOptions): Promise<RequestListener> {
  const file = join(BUILD_FOLDER, 'handler.js');
  if (!existsSync(file)) throw new Error(`The pages are not built (${file}). Run: npx vite build --config channels/web/vite.config.ts`);
  // adapter-node reads its settings from the environment, once, when it is imported.
  process.env[`${PREFIX}PROTOCOL_HEADER`] = 'x-forwarded-proto';
  process.env[`${PREFIX}BODY_SIZE_LIMIT`] = BODY_SIZE_LIMIT;
  const { handler } = (await import(pathToFileURL(file).href)) as { handler: PageHandler };
  return guardPages(handler, options);
}

const FORWARDED = /^(x-forwarded-|x-real-ip$|forwarded$|x-original-|x-sveltekit-)/;

/** The handler behind its guard; apart from `mountWeb` so that it is tested without a build. */
export function guardPages(handler: PageHandler, options: WebOptions): RequestListener {
  const { protocol } = new URL(options.publicUrl);
  const headers = Object.entries(securityHeaders(protocol === 'https:'));
  return (request, response) => {
    rememberVisit(request, {
      useCases: options.useCases,
      source: options.sourceOf?.(request) ?? request.socket.remoteAddress ?? 'unknown',
      demonstration: options.demonstration && isFromThisMachine(request),
      log: options.log,
    });
    for (const name of Object.keys(request.headers)) if (FORWARDED.test(name)) delete request.headers[name];
    request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    for (const [name, value] of headers) response.setHeader(name, value);
    keepPolicyOfKept(response);
    const pass = () =>
      handler(request, response, () => {
        response.statusCode = 404;
        response.end();
      });
    // A house that cannot even be asked is the pages' to report: they have the words, the log and the reference.
    options.useCases.isSetUp().then(
      (isSetUp) => (isSetUp ? pass() : showNotSetUp(request, response)),
      () => pass(),
    );
  };
}

/**
 * What a browser has still (304) takes on the headers of this answer (RFC 9111 §4.3.4); SvelteKit sends none of the page's own
 * with it, and under the strictest policy the kept page would lose its style. Without one it keeps the policy it came with.
 */
function keepPolicyOfKept(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response);
  response.writeHead = ((status: number, ...rest: []) => {
    if (status === 304) response.removeHeader('content-security-policy');
    return writeHead(status, ...rest);
  }) as typeof response.writeHead;
}

const LOOPBACK_ADDRESS = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;
const LOOPBACK_HOST = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * A browser on this machine, asking for this machine by name: not one that a proxy speaks for, nor one that somebody's
 * page led here under a name of its own (DNS rebinding).
 */
function isFromThisMachine(request: IncomingMessage): boolean {
  const proxied = Object.keys(request.headers).some((name) => FORWARDED.test(name));
  return !proxied && LOOPBACK_ADDRESS.test(request.socket.remoteAddress ?? '') && LOOPBACK_HOST.test(request.headers.host ?? '');
}
