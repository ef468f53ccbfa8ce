/**
 * What every answer carries, and the content security policy of a page. Nothing inline is allowed but the one style
 * element, named by its hash; nothing loads from elsewhere.
 *
 * `referrer-policy: same-origin`, not `no-referrer`: order links are secrets and must not leak to the provider, but under
 * `no-referrer` browsers send `Origin: null` with our own forms (Fetch, "append a request Origin header") and the
 * same-origin check would refuse them.
 */
const STRICTEST_POLICY = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HSTS = 'max-age=31536000; includeSubDomains';

/** For every answer of the web, static files and errors included. */
export function securityHeaders(secure: boolean): Readonly<Record<string, string>> {
  return {
    'content-security-policy': STRICTEST_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    ...(secure ? { 'strict-transport-security': HSTS } : {}),
  };
}

type PolicyParts = {
  /** `sha256-…` of the style element's text. */
  readonly styleHash: string;
  /** Our own script file and its polling; only pages that are live. */
  readonly live: boolean;
  /** Where a form's answer may redirect to: Chromium holds `form-action` against redirects too. */
  readonly formOrigins: readonly string[];
};

export function pagePolicy({ styleHash, live, formOrigins }: PolicyParts): string {
  return [
    "default-src 'none'",
    `style-src '${styleHash}'`,
    "img-src 'self'",
    ...(live ? ["script-src 'self'", "connect-src 'self'"] : []),
    ["form-action 'self'", ...formOrigins.map(assertOrigin)].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** An origin is the operator's data; one with a space or a semicolon in it would rewrite the policy. */
function assertOrigin(text: string): string {
  const { origin } = new URL(text);
  if (origin !== text) throw new Error(`Not an origin: ${text}`);
  return origin;
}
