/**
 * A line with its owner, a user and a payer, another customer with a line of their own, and nobody: whoever asks, in the matrix.
 * Each has a name, an address, a card and an amount that are nobody else's: what is told of one to another shows itself.
 */
import { askLink } from '#domain/access';
import type { NumberClaim } from '#domain/lines';
import { linkOf, type Order, type Quote } from '#domain/orders';
import { listSavedMethods } from '#domain/payments';
import {
  addMember,
  addPasskey,
  addPerson,
  askContactChange,
  askProof,
  beginPasskey,
  type Contact,
  claimContacts,
  issueSignInLink,
  listPasskeys,
  type PeopleTools,
  type Role,
  relyingPartyAt,
  type SignedIn,
  signInByLink,
} from '#domain/people';
import { present } from '#platform/assert';
import { MINUTE_MS } from '#platform/clock';
import { formatId, formatLink } from '#platform/ids';
import { formatDate, formatDay, formatNumber } from '#platform/messages';
import { secretToken } from '#platform/random';
import { type DoorHouse, READER, selfCareOf, shown } from '#tests/doors';
import { activeLine, allowed, buy, order, type Person, quote, RENEW, stateOf, topUp } from '#tests/house';
import { codeSent, createAuthenticator, signInOf } from '#tests/people';

/** From who may least to who may most: what one of them ends, the next one does not need. */
export const ASKERS = ['anonymous', 'other', 'payer', 'user', 'owner'] as const;
export type AskerName = (typeof ASKERS)[number];
type SignedInName = Exclude<AskerName, 'anonymous'>;

/** What stands in addresses, forms and cookies. Those of the scene are the owner's and their line's. */
export type Ids = {
  readonly number: string;
  readonly line: string;
  readonly account: string;
  readonly ref: string;
  /** Secrets: their address is the permission. `open` waits for its payment. */
  readonly quote: string;
  readonly order: string;
  readonly open: string;
  readonly method: string;
  readonly signIn: string;
  readonly passkey: string;
  /** Another member of the line. */
  readonly member: string;
  /** Of codes that were asked for: the secret each works with, which stays in the browser that asked. */
  readonly linkRequest: string;
  readonly proveRequest: string;
  readonly contactRequest: string;
};

/** The codes themselves, right ones. */
export type Codes = { readonly link: string; readonly prove: string; readonly contact: string };

type Somebody = SignedIn & {
  readonly name: string;
  readonly email: string;
  readonly person: Person;
  /** The end of their card's number. */
  readonly last4: string;
  /** What they paid onto the line, as written. */
  readonly amount: string;
  readonly paid: Order;
};

export type Scene = {
  readonly people: Readonly<Record<SignedInName, Somebody>>;
  readonly ids: Ids;
  /** As `ids`, of nothing that is. */
  readonly nobodys: Ids;
  readonly codes: Codes;
  readonly balance: string;
  /** When its period ends, as it may be written. */
  readonly ends: readonly string[];
};

type Part = { readonly name: string; readonly minor: bigint; readonly card: string; readonly last4: string };
const CAST: Readonly<Record<SignedInName, Part>> = {
  owner: { name: 'Olga Ownerson', minor: 3107n, card: 'good', last4: '4242' },
  user: { name: 'Ulf Userson', minor: 3211n, card: 'good_mastercard', last4: '4444' },
  payer: { name: 'Pia Payerson', minor: 3313n, card: 'webhook_late', last4: '0061' },
  other: { name: 'Otto Otherson', minor: 3417n, card: 'webhook_never', last4: '0103' },
};
const ZONE = 'America/New_York';
let scenes = 0;

const dollars = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;

export async function openScene(doors: DoorHouse, publicUrl: string): Promise<Scene> {
  scenes += 1;
  const [line, otherLine] = [await activeLine(doors, { plan: 'month-unlimited' }), await activeLine(doors, { plan: 'day-1gb' })];
  const people = {
    owner: await comeIn(doors, 'owner', line, 'owner'),
    user: await comeIn(doors, 'user', line, 'user'),
    payer: await comeIn(doors, 'payer', line, 'payer'),
    other: await comeIn(doors, 'other', otherLine, 'owner'),
  };
  const { number, paidUntil } = (await stateOf(doors, line)).line;
  const { owner, payer } = people;
  const [method] = await listSavedMethods(doors.database, owner.personId);
  const { requests, codes } = await askCodes(doors, owner, number);
  const ids: Ids = {
    number,
    line: formatId('line', line.lineId),
    account: formatId('acc', line.accountId),
    ref: shown(await selfCareOf(doors).findLine(READER, { number })).ref,
    quote: linkOfQuote(await quote(doors, line, [RENEW], owner.person)),
    order: linkOf(owner.paid),
    open: linkOf((await order(doors, line, [RENEW], { asker: owner.person })).order),
    method: formatId('mth', present(method, 'the owner keeps a card').savedMethodId),
    signIn: formatId('sig', owner.signInId),
    passkey: formatId('pk', await keepPasskey(doors, publicUrl, owner)),
    member: formatId('person', payer.personId),
    ...requests,
  };
  const end = present(paidUntil, 'the line is paid');
  const ends = [end.toISOString(), formatDate('en', end, ZONE), formatDay('en', end, ZONE, doors.clock.business())];
  const balance = dollars(CAST.owner.minor + CAST.user.minor + CAST.payer.minor);
  return { people, ids, nobodys: nobodysOf(ids, doors), codes, balance, ends };
}

const toolsOf = ({ tools, sealer }: DoorHouse): PeopleTools => ({ ...tools, sealer });

/** Signed in just now, which proves who they are for a while; with a card kept since they paid onto the line. */
async function comeIn(doors: DoorHouse, who: SignedInName, { slot, accountId, ...on }: NumberClaim, role: Role): Promise<Somebody> {
  const { name, minor, card, last4 } = CAST[who];
  const { tools, database } = doors;
  const email = `${who}-${scenes}@example.com`;
  const personId = await addPerson(tools, database, { name, language: 'en', email, number: null });
  await claimContacts(tools, database, personId, [{ kind: 'email', value: email, holder: null }]);
  await addMember(database, { slot, accountId, personId, role, at: tools.clock.business() });
  const signedIn = allowed(await signInByLink(tools, await issueSignInLink(tools, personId, MINUTE_MS)));
  const person = { kind: 'person', personId, source: '192.0.2.7' } as const;
  const paid = await buy(doors, { slot, accountId, ...on }, [topUp(minor)], {
    asker: person,
    way: { kind: 'page', saveMethod: true },
    card,
  });
  return { ...signedIn, name, email, person, last4, amount: dollars(minor), paid };
}

type Requests = Pick<Ids, 'linkRequest' | 'proveRequest' | 'contactRequest'>;

/** One of each kind that is bound to who asked. */
async function askCodes(doors: DoorHouse, owner: Somebody, number: string): Promise<{ requests: Requests; codes: Codes }> {
  const tools = toolsOf(doors);
  const signIn = await signInOf(tools, owner);
  const asked = { language: 'en', source: `scene ${scenes}` } as const;
  const [old, fresh] = [owner.email, `new-${scenes}@example.com`].map((value): Contact => ({ kind: 'email', value, holder: null }));
  const contact = present(fresh, 'a new address');
  const link = allowed(await askLink(tools, signIn, { ...asked, number, country: 'US' }));
  const prove = allowed(await askProof(tools, signIn, { ...asked, contact: present(old, 'their address') }));
  const change = allowed(await askContactChange(tools, signIn, { ...asked, contact }));
  const [linkCode, proveCode, contactCode] = [
    await codeSent(tools, number),
    await codeSent(tools, owner.email),
    await codeSent(tools, contact.value),
  ];
  return {
    requests: { linkRequest: link.request, proveRequest: prove.request, contactRequest: change.request },
    codes: { link: linkCode, prove: proveCode, contact: contactCode },
  };
}

async function keepPasskey(doors: DoorHouse, publicUrl: string, owner: Somebody): Promise<bigint> {
  const tools = toolsOf(doors);
  const party = relyingPartyAt(publicUrl, 'Northwind Mobile');
  const signIn = await signInOf(tools, owner);
  const creation = allowed(await beginPasskey(tools, party, signIn));
  const response = createAuthenticator(party.id).create(creation, party.origin);
  allowed(await addPasskey(tools, party, signIn, { response, label: 'Olga’s phone' }));
  const [passkey] = await listPasskeys(doors.database, owner.personId);
  return present(passkey, 'the passkey was added').passkeyId;
}

function linkOfQuote({ quoteId, accountId, token }: Quote): string {
  return formatLink({ id: quoteId, accountId, token });
}

/** Secrets of which one sign is another, and ids that were never given. */
function nobodysOf({ ref, quote: quoted, order: ordered, open }: Ids, { tools }: DoorHouse): Ids {
  const never = (prefix: string) => formatId(prefix, tools.mintId(7));
  const secrets = { ref: wrong(ref), quote: wrong(quoted), order: wrong(ordered), open: wrong(open) };
  const ids = { line: never('line'), account: never('acc'), method: never('mth'), signIn: never('sig'), passkey: never('pk') };
  const requests = { linkRequest: secretToken(), proveRequest: secretToken(), contactRequest: secretToken() };
  return { number: '+12065559999', ...secrets, ...ids, member: never('person'), ...requests };
}

/** A secret that was guessed almost right. */
export function wrong(secret: string): string {
  return secret.slice(0, -2) + (secret.endsWith('AA') ? 'BB' : 'AA');
}

/** How people write the number, whole. */
export function writtenForms(number: string): string[] {
  return [number, number.slice(1), number.slice(2), formatNumber(number), formatNumber(number, 'national')];
}
