/** Sessions that are open, for those who tell the network of a change, and for people who look. */
import { type Queries, statement } from '#platform/database';
import type { ServiceKind } from './charging.ts';
import { decodeGroups, type SessionGroup, type SessionKey } from './session.ts';

export type OpenSession = SessionKey & {
  readonly peer: string;
  readonly reference: string;
  readonly notify: string | null;
  readonly kind: ServiceKind;
  readonly groups: readonly SessionGroup[];
  readonly beganAt: Date;
  readonly lastAt: Date;
};

type LineKey = { readonly slot: number; readonly accountId: bigint; readonly lineId: bigint };
const openOfLine = statement<LineKey, Omit<OpenSession, 'groups'> & { groups: unknown }>(import.meta.dirname, 'open-sessions-of-line');
const openOfAccount = statement<Omit<LineKey, 'lineId'>, Omit<OpenSession, 'groups'> & { groups: unknown }>(
  import.meta.dirname,
  'open-sessions-of-account',
);

/** Of one line, the eldest first. */
export async function openSessionsOfLine(queries: Queries, { slot, accountId, lineId }: LineKey): Promise<OpenSession[]> {
  const rows = await queries.query(openOfLine, { slot, accountId, lineId });
  return rows.map((row) => ({ ...row, groups: decodeGroups(row.groups) }));
}

/** Of all lines of an account, the eldest first: what one buys may be shared. */
export async function openSessionsOfAccount(queries: Queries, { slot, accountId }: Omit<LineKey, 'lineId'>): Promise<OpenSession[]> {
  const rows = await queries.query(openOfAccount, { slot, accountId });
  return rows.map((row) => ({ ...row, groups: decodeGroups(row.groups) }));
}
