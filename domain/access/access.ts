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
  'renew',
  'pack',
  'top_up',
  'change',
  'queue',
  'pay_from_balance',
  'use_saved_method',
  'cancel',
  'refund',
] as const;
export type Action = (typeof ACTIONS)[number];

/**
 * The one place that says who may do what (S1). A guest, by number alone, sees the renewal price and pays into the line;
 * never changes, queues or spends what is the owner's (ID-6).
 */
export const ALLOWED: Readonly<Record<Standing, readonly Action[]>> = {
  guest: ['see_renewal', 'renew', 'pack', 'top_up'],
  payer: ['see_renewal', 'renew', 'pack', 'top_up', 'use_saved_method'],
  user: ['see_renewal', 'see_line', 'renew', 'pack', 'top_up', 'use_saved_method'],
  owner: ['see_renewal', 'see_line', 'renew', 'pack', 'top_up', 'change', 'queue', 'pay_from_balance', 'use_saved_method', 'cancel'],
  operator: [...ACTIONS],
};

/** How the audit trail names an asker. */
export function actorOf(asker: Asker): string {
  if (asker.kind === 'operator') return `operator:${asker.name}`;
  return asker.kind === 'person' ? `person:${asker.personId}` : 'guest';
}
