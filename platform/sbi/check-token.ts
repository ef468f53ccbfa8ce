/**
 * Access tokens of callers (TS 29.510 §6.3.5, TS 33.501 §13.4.1): a JWS (RFC 7515) that the NRF signed for the consumer, the
 * service and the producer it names. Nothing in a token is believed before its signature is.
 */
import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { problem } from './problem.ts';
import type { SbiAnswer } from './route-set.ts';
import type { CheckToken } from './serve-sbi.ts';

export type TokenTerms = {
  /** The NRF's certificate or public key, PEM; several while it changes its key. */
  readonly signers: readonly string[];
  /** What a token may be for: our NF instance id, and our NF type. */
  readonly audiences: readonly string[];
  readonly now: () => Date;
};

type Algorithm = { readonly keyType: 'rsa' | 'ec'; readonly hash: string; readonly padding?: number; readonly curve?: string };

/** Never "none", and never a secret that both sides share. */
const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  RS256: { keyType: 'rsa', hash: 'sha256', padding: constants.RSA_PKCS1_PADDING },
  RS384: { keyType: 'rsa', hash: 'sha384', padding: constants.RSA_PKCS1_PADDING },
  RS512: { keyType: 'rsa', hash: 'sha512', padding: constants.RSA_PKCS1_PADDING },
  PS256: { keyType: 'rsa', hash: 'sha256', padding: constants.RSA_PKCS1_PSS_PADDING },
  ES256: { keyType: 'ec', hash: 'sha256', curve: 'prime256v1' },
  ES384: { keyType: 'ec', hash: 'sha384', curve: 'secp384r1' },
};
const CLOCKS_APART_MS = 5_000;
const TOKEN_LENGTH_MAX = 8_192;

type Claims = { readonly sub?: unknown; readonly aud?: unknown; readonly scope?: unknown; readonly exp?: unknown; readonly nbf?: unknown };

export function createTokenChecker({ signers, audiences, now }: TokenTerms): CheckToken {
  const keys = signers.map((signer) => createPublicKey(signer));
  return (authorization, service) => {
    const [, token] = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined || token.length > TOKEN_LENGTH_MAX) return unauthorised('no access token of the NRF');
    const claims = readClaims(token, keys);
    if (claims === undefined) return unauthorised('the access token is not signed by the NRF');
    const nowMs = now().getTime();
    if (typeof claims.exp !== 'number' || claims.exp * 1000 + CLOCKS_APART_MS <= nowMs) return unauthorised('the access token has expired');
    if (typeof claims.nbf === 'number' && claims.nbf * 1000 - CLOCKS_APART_MS > nowMs)
      return unauthorised('the access token is not valid yet');
    if (!isFor(claims.aud, audiences)) return unauthorised('the access token is for another producer');
    if (typeof claims.sub !== 'string' || claims.sub === '') return unauthorised('the access token names no consumer');
    const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ') : [];
    if (!scopes.includes(service)) return problem(403, 'INSUFFICIENT_SCOPE', undefined, challenge('insufficient_scope'));
    return { subject: claims.sub };
  };
}

function readClaims(token: string, keys: readonly KeyObject[]): Claims | undefined {
  const [head = '', body = '', signature = ''] = token.split('.');
  const algorithm = ALGORITHMS[String(parse(head)?.['alg'])];
  if (algorithm === undefined) return undefined;
  const { hash, keyType, padding, curve } = algorithm;
  const signed = Buffer.from(`${head}.${body}`);
  const isSigned = keys.some((key) => {
    // A key is of one kind, whatever the token says of itself.
    if (key.asymmetricKeyType !== keyType) return false;
    if (curve !== undefined && key.asymmetricKeyDetails?.namedCurve !== curve) return false;
    const how = padding === undefined ? { key, dsaEncoding: 'ieee-p1363' as const } : { key, padding };
    return verify(hash, signed, how, Buffer.from(signature, 'base64url'));
  });
  return isSigned ? parse(body) : undefined;
}

/**
 * The NF type or instances it may be shown to (TS 29.510 §6.3.5.2.4). free5GC's NRF names nobody where the consumer asked by type, an empty
 * text; what its scope says then says it all.
 */
function isFor(aud: unknown, audiences: readonly string[]): boolean {
  const named = (Array.isArray(aud) ? aud : [aud]).filter((one) => one !== '' && one !== undefined && one !== null);
  return named.length === 0 || named.some((one) => typeof one === 'string' && audiences.includes(one));
}

function parse(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function unauthorised(detail: string): SbiAnswer {
  return problem(401, 'UNAUTHORIZED', detail, challenge('invalid_token'));
}

function challenge(error: string) {
  return { headers: { 'www-authenticate': `Bearer error="${error}"` } };
}
