/** Who is asking. A guest is known by where they ask from; an order's secret link is its own permission (see orders). */
export type Asker =
  | { readonly kind: 'guest'; readonly source: string }
  | { readonly kind: 'person'; readonly personId: bigint; readonly source: string }
  | { readonly kind: 'operator'; readonly name: string };

/** What an asker is to an account. */
export type Standing = 'guest' | 'payer' | 'user' | 'owner' | 'operator';

export const ACTIONS = [
  'see_renewal',
  'see_line',
  'see_use',
  /** Every order on the account's lines, without the method and identity of others who paid. */
  'see_orders',
  /** Orders one placed oneself, with their receipts. */
  'see_own_orders',
  /** All receipts of the account, whoever paid. */
  'see_all_receipts',
  'renew',
  'pack',
  'top_up',
  'change',
  'queue',
  'pay_from_balance',
  'use_saved_method',
  'cancel',
  'refund',
  'rename',
  'set_notices',
  'export',
  'manage_people',
  /** To move a line from one account to another: on both. */
  'join_line',
  /** How much of what is shared a line may use. */
  'cap_line',
  'leave',
] as const;
export type Action = (typeof ACTIONS)[number];

const GUEST: readonly Action[] = ['see_renewal', 'renew', 'pack', 'top_up'];
const PAYER: readonly Action[] = [...GUEST, 'use_saved_method', 'see_own_orders', 'leave'];
const USER: readonly Action[] = [...PAYER, 'see_line', 'see_use'];
const OWNER: readonly Action[] = [
  ...USER,
  ...([
    'see_orders',
    'change',
    'queue',
    'pay_from_balance',
    'cancel',
    'rename',
    'set_notices',
    'export',
    'manage_people',
    'join_line',
    'cap_line',
  ] as const),
];

/**
 * The one place that says who may do what (S1). A guest, by number alone, sees the renewal price and pays into the line;
 * never changes, queues or spends what is the owner's (ID-6). Another customer is a guest. Who paid is not told to the owner,
 * nor the owner to who paid: receipts name methods, so each sees their own.
 */
export const ALLOWED: Readonly<Record<Standing, readonly Action[]>> = {
  guest: GUEST,
  payer: PAYER,
  user: USER,
  owner: OWNER,
  operator: [...ACTIONS],
};

/** What concerns a person and no account: their methods, sign-ins, passkeys, data. */
export const PERSON_ACTIONS = ['see_person', 'change_person', 'manage_sign_ins', 'manage_methods', 'export_person'] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];
export type PersonStanding = 'stranger' | 'self' | 'operator';

/** An operator sees who somebody is, and never signs in, pays or speaks as them. */
export const ALLOWED_ON_PERSON: Readonly<Record<PersonStanding, readonly PersonAction[]>> = {
  stranger: [],
  self: [...PERSON_ACTIONS],
  operator: ['see_person'],
};

/** How the audit trail names an asker. */
export function actorOf(asker: Asker): string {
  if (asker.kind === 'operator') return `operator:${asker.name}`;
  return asker.kind === 'person' ? `person:${asker.personId}` : 'guest';
}
