import type { Language } from '#platform/messages';

/** Who signs in. Accounts are linked to people as owner, user or payer; the rest of access stands in `access`. */
export type Person = {
  readonly personId: bigint;
  readonly name: string | null;
  readonly language: Language;
  readonly email: string | null;
  readonly number: string | null;
};

export type Role = 'owner' | 'user' | 'payer';
export type Membership = { readonly slot: number; readonly accountId: bigint; readonly role: Role };
