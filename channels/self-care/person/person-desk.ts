/** What the use cases of a person stand on: the tools of `people`, where a request comes from, and how refusals are told. */
import type { Asker, RefusalView, SignedInAsker } from '#channels/web';
import { type From, nameDevice, type PeopleTools, type RelyingParty, relyingPartyAt } from '#domain/people';
import { nameSource } from '#platform/http';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { tellRefusal } from '../tell-refusal.ts';

export type Work<Request, View, Who extends Asker = SignedInAsker> = (
  desk: Desk,
  asker: Who,
  request: Request,
) => Promise<View | RefusalView>;
export type Done = Record<string, never>;
export const DONE: Done = {};

export function toolsOf({ house, sealer }: Desk): PeopleTools {
  const { database, clock, mintId } = house;
  return { database, clock, mintId, sealer };
}

/** A new sign-in takes the place of the one this browser held (fixation). */
export function fromOf(desk: Desk, { device, signIn, source }: Asker): From {
  return { device: nameDevice(device ?? ''), source: nameSource(desk.sealer, source), replaces: signIn?.secret };
}

export function partyOf({ house, publicUrl }: Desk): RelyingParty {
  return relyingPartyAt(publicUrl, house.catalog().brand?.name ?? '');
}

/** Where a number without "+" is read. */
export function countryOf({ house }: Pick<Desk, 'house'>): string {
  return house.catalog().brand?.defaultMarket ?? 'US';
}

export function zoneOf({ house }: Desk): string {
  return house.catalog().market(countryOf({ house }), house.clock.business())?.zone ?? 'UTC';
}

/** What has nothing to show but that it is done. */
export function done(outcome: unknown, asker: Asker): Done | RefusalView {
  return isRefusal(outcome) ? tellPerson(outcome, asker) : DONE;
}

type Field = NonNullable<RefusalView['field']>;
const FIELDS: Readonly<Record<string, Field>> = {
  'people.email_invalid': 'contact',
  'people.name_taken': 'contact',
  'people.too_many_codes': 'contact',
  'people.contact_unknown': 'contact',
  'people.nobody_here': 'code',
  'people.code_wrong': 'code',
  'people.code_spent': 'code',
  'people.user_name_invalid': 'user_name',
  'people.password_short': 'password',
  'people.password_long': 'password',
  'people.password_common': 'password',
  'people.password_like_name': 'password',
  'people.sign_in_wrong': 'password',
  'people.terms_not_accepted': 'terms',
  'access.activation_code_unknown': 'activation_code',
  'access.too_many_tries': 'activation_code',
};

/** `field`: the input of this form that the refusal is about, where it is another than usual. */
export function tellPerson(refusal: Refusal, { language }: Asker, field?: Field): RefusalView {
  const told = tellRefusal(refusal, { language });
  const about = field ?? FIELDS[refusal.code];
  // The forms of a person lead where one goes next by themselves; "home" would lead away from them.
  const { next: _, ...rest } = told;
  return { ...rest, ...(about === undefined ? {} : { field: about }) };
}
