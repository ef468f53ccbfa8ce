/** What every route is handed, and who asks. */
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { ALLOWED, type Asker, type Standing, standingsOf } from '#domain/access';
import type { OrdersHouse, OrderWatch, RenderReceipt } from '#domain/orders';
import { type From, nameDevice, personSignedIn } from '#domain/people';
import { assert } from '#platform/assert';
import { nameSource } from '#platform/http';
import { formatMaskedNumber } from '#platform/messages';
import type { Refusal } from '#platform/refusals';
import type { Sealer } from '#platform/seal';
import { refuse } from './refusals.ts';

export type Desk = {
  readonly house: OrdersHouse;
  readonly sealer: Sealer;
  readonly watch: OrderWatch;
  readonly renderReceipt: RenderReceipt;
  /** Where a request came from; the socket's address unless a proxy of our own says better. */
  readonly sourceOf?: ((request: IncomingMessage) => string) | undefined;
};

export type Guest = Extract<Asker, { kind: 'guest' }>;
export type SignedIn = Extract<Asker, { kind: 'person' }>;

/** A guest without an Authorization header. Refuses `api.sign_in_unknown` for one that holds no sign-in: never a guest by mistake. */
export async function identify(
  { house, sealer, sourceOf }: Desk,
  request: FastifyRequest,
): Promise<Guest | SignedIn | Refusal<'api.sign_in_unknown'>> {
  const { source } = fromOf({ sealer, sourceOf }, request);
  const { authorization } = request.headers;
  if (authorization === undefined) return { kind: 'guest', source };
  const secret = /^Bearer +([\w-]{1,64})$/i.exec(authorization)?.[1];
  const personId = secret === undefined ? undefined : await personSignedIn(house, secret);
  return personId === undefined ? refuse('api.sign_in_unknown') : { kind: 'person', personId, source };
}

/** Where a request came from, for the list of sign-ins. */
export function fromOf({ sealer, sourceOf }: Pick<Desk, 'sealer' | 'sourceOf'>, request: FastifyRequest): From {
  const source = nameSource(sealer, sourceOf?.(request.raw) ?? request.raw.socket.remoteAddress ?? 'unknown');
  return { device: nameDevice(request.headers['user-agent'] ?? ''), source };
}

type AccountKey = { readonly slot: number; readonly accountId: bigint };

/** What the asker is to an account, and whether they may see its lines. */
export async function standingOn(
  { house }: Desk,
  asker: Guest | SignedIn,
  account: AccountKey,
): Promise<{ readonly standing: Exclude<Standing, 'operator'>; readonly seesLine: boolean }> {
  const [standing = 'guest'] = await standingsOf(house.database, asker, [account]);
  assert(standing !== 'operator', 'no operator comes through this door');
  return { standing, seesLine: ALLOWED[standing].includes('see_line') };
}

/** In full for those who may see the line, masked for everybody else (ID-6). */
export function numberFor(seesLine: boolean, number: string): string {
  return seesLine ? number : formatMaskedNumber(number);
}
