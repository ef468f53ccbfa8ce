/**
 * One way in for those who are known and those who are not: a code to an address or number. Whoever it finds is signed in;
 * whoever it does not is given a ticket, with which they sign up. Before the code is typed nothing tells the two apart.
 */
import { MINUTE_MS } from '#platform/clock';
import { statement } from '#platform/database';
import { secretToken } from '#platform/random';
import { claimName, personAt } from './claim-name.ts';
import type { Contact, From, PeopleTools, SignedIn } from './people.ts';
import { type CodeRefusal, type CodeTyped, redeemCode } from './redeem-code.ts';
import { hashOf, openSignIn } from './sign-in.ts';

const giveTicket = statement<{ requestHash: Buffer; ticketHash: Buffer; expiresAt: Date }>(import.meta.dirname, 'give-ticket');

/** Time to read the terms. */
export const TICKET_LIFE_MS = 30 * MINUTE_MS;

export type Entered =
  | ({ readonly kind: 'signed_in' } & SignedIn)
  /** Nobody is known by this contact: `signUp` takes the ticket, once. */
  | { readonly kind: 'new_here'; readonly ticket: string; readonly contact: Contact };

/** Redeems a code asked for with purpose `enter`. Refuses `people.code_wrong`, `people.code_spent`. */
export function enterByCode(tools: PeopleTools, typed: CodeTyped & { readonly from: From }): Promise<Entered | CodeRefusal> {
  return redeemCode(tools, { ...typed, purpose: 'enter' }, async (tx, { contact, requestHash }): Promise<Entered> => {
    const personId = await personAt(tx, contact);
    if (personId === undefined) {
      const ticket = secretToken();
      const expiresAt = new Date(tools.clock.transport().getTime() + TICKET_LIFE_MS);
      await tx.query(giveTicket, { requestHash, ticketHash: hashOf(ticket), expiresAt });
      return { kind: 'new_here', ticket, contact };
    }
    // Proven anew, and with it which claim of ours the number is now.
    await claimName(tools, tx, personId, contact);
    return { kind: 'signed_in', ...(await openSignIn(tools, tx, { personId, way: 'code', from: typed.from })) };
  });
}
