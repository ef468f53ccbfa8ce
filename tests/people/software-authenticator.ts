/** A passkey in software: what a phone answers to a ceremony (WebAuthn Level 3 §6), with keys of node:crypto. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { present } from '#platform/assert';

export type SoftwareAuthenticator = {
  readonly credentialId: string;
  /** How often it says it was used; 0 for ever where it does not count. */
  counter: number;
  create(options: { readonly challenge: string; readonly user: { readonly id: string } }, origin: string): RegistrationResponseJSON;
  get(options: { readonly challenge: string }, origin: string): AuthenticationResponseJSON;
};

const PRESENT = 0x01;
const VERIFIED = 0x04;
const CAN_SYNC = 0x08;
const SYNCED = 0x10;
const WITH_KEY = 0x40;

export function createAuthenticator(rpId: string, { counts = true } = {}): SoftwareAuthenticator {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(16);
  const credentialId = id.toString('base64url');
  const jwk = publicKey.export({ format: 'jwk' });
  const coordinate = (text: string | undefined) => new Uint8Array(Buffer.from(present(text, 'a point has two coordinates'), 'base64url'));
  // COSE_Key of ES256 on P-256 (RFC 9053 §7.1.1).
  const coseKey = isoCBOR.encode(
    new Map<number, number | Uint8Array<ArrayBuffer>>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, coordinate(jwk.x)],
      [-3, coordinate(jwk.y)],
    ]),
  );
  let userHandle = '';
  const dataOf = (flags: number, counter: number, rest: readonly Uint8Array[] = []) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count, ...rest]);
  };
  const clientDataOf = (type: string, challenge: string, origin: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const common = { id: credentialId, rawId: credentialId, type: 'public-key', clientExtensionResults: {} } as const;
  return {
    credentialId,
    counter: 0,
    create({ challenge, user }, origin) {
      userHandle = user.id;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(id.length);
      const authData = dataOf(PRESENT | VERIFIED | CAN_SYNC | SYNCED | WITH_KEY, this.counter, [Buffer.alloc(16), length, id, coseKey]);
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ]);
      return {
        ...common,
        response: {
          clientDataJSON: clientDataOf('webauthn.create', challenge, origin).toString('base64url'),
          attestationObject: Buffer.from(isoCBOR.encode(attestation as never)).toString('base64url'),
          transports: ['internal'],
        },
      };
    },
    get({ challenge }, origin) {
      if (counts) this.counter += 1;
      const authData = dataOf(PRESENT | VERIFIED | CAN_SYNC | SYNCED, this.counter);
      const clientData = clientDataOf('webauthn.get', challenge, origin);
      const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()]);
      return {
        ...common,
        response: {
          clientDataJSON: clientData.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: sign('sha256', signed, privateKey).toString('base64url'),
          userHandle,
        },
      };
    },
  };
}
