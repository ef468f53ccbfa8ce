import type { Language } from '#platform/messages';
import type { Sealer } from '#platform/seal';
import type { Tools } from '#platform/tools';

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
export type Member = Membership & { readonly personId: bigint; readonly since: Date };

/** What use cases with secrets take: the sealer's key makes hashes of short codes worth something. */
export type PeopleTools = Tools & { readonly sealer: Sealer };

/** An address or number at which codes arrive. `holder`: which claim of ours a number is now (`access.readContact`), null when none. */
export type Contact = { readonly kind: 'email' | 'number'; readonly value: string; readonly holder: string | null };
/** What somebody says they are known by. */
export type SignInName = Contact | { readonly kind: 'user_name'; readonly value: string; readonly holder: null };
export type KnownName = SignInName & { readonly slot: number; readonly personId: bigint; readonly provenAt: Date };

/** Where a sign-in comes from. `replaces`: the secret the browser held before, which ends with the new one (fixation). */
export type From = { readonly device: string; readonly source: string; readonly replaces?: string | undefined };
export type Way = 'code' | 'password' | 'passkey' | 'link';

/** A sign-in that was opened just now: its secret is told this once. */
export type SignedIn = { readonly secret: string; readonly personId: bigint; readonly signInId: bigint };

/** One that is in force. Instants are transport time. */
export type SignIn = {
  readonly signInId: bigint;
  readonly personId: bigint;
  readonly way: Way;
  readonly device: string;
  /** A mark of the network it began in: equal or not, never shown. */
  readonly source: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly provedAt: Date;
};
