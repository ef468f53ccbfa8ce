/** How somebody signs in, and where they are signed in. */
import type { PersonUseCases, RefusalView, SecurityView, SignedInAsker } from '#channels/web';
import { endOtherSignIns, endSignIn, isProved, listPasskeys, listSignIns, readPassword } from '#domain/people';
import { formatId, parseId } from '#platform/ids';
import { Refusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { showContact } from './enter.ts';
import { DONE, type Done, done, tellPerson, zoneOf } from './person-desk.ts';
import { contactsOf } from './prove.ts';

export const SIGN_IN = 'sig';
export const PASSKEY = 'pk';

export async function readSecurity(desk: Desk, { signIn }: SignedInAsker): Promise<SecurityView> {
  const { house } = desk;
  const { personId } = signIn;
  const [contacts, password, passkeys, signIns] = await Promise.all([
    contactsOf(desk, personId),
    readPassword(house.database, personId),
    listPasskeys(house.database, personId),
    listSignIns(house, personId),
  ]);
  return {
    zone: zoneOf(desk),
    proved: isProved(house, signIn),
    contacts: contacts.map((contact) => ({ kind: contact.kind, text: showContact(contact) })),
    ...(password === undefined ? {} : { passwordSince: password.changedAt }),
    passkeys: passkeys.map(({ passkeyId, label, synced, createdAt, usedAt }) => ({
      id: formatId(PASSKEY, passkeyId),
      label,
      synced,
      since: createdAt,
      lastUsed: usedAt,
    })),
    signIns: signIns.map(({ signInId, device, way, createdAt, seenAt }) => ({
      id: formatId(SIGN_IN, signInId),
      device,
      way,
      since: createdAt,
      lastSeen: seenAt,
      isThisOne: signInId === signIn.signInId,
    })),
  };
}

type EndRequest = Parameters<PersonUseCases['endSignIns']>[1];

export async function endSignIns({ house }: Desk, asker: SignedInAsker, { id }: EndRequest): Promise<Done | RefusalView> {
  if (id === undefined) {
    await endOtherSignIns(house, asker.signIn);
    return DONE;
  }
  const signInId = parseId(SIGN_IN, id);
  if (signInId === undefined) return tellPerson(new Refusal('people.sign_in_unknown'), asker);
  return done(await endSignIn(house, asker.signIn, signInId), asker);
}
