/**
 * Whose account it is says how much of the data that all its lines share one of them may use (SIM-4): of each shared allowance, for as
 * long as that is valid. What the line has used and holds counts from the beginning; a session is asked to ask again at once.
 */
import { type Asker, actorOf, requireAccess } from '#domain/access';
import { readAllowances, readLineCap, setLineCap, standingOf } from '#domain/allowances';
import { HOME_ZONE } from '#domain/catalog';
import { countShares, tellNodes } from '#domain/charging';
import { instantUnder, lockAccount } from '#domain/ledger';
import { findNumber, type LineKey, presentPlan, readAdvanced, replenishLine, saveAdvanced, usePolicy } from '#domain/lines';
import { tellPolicy } from '#domain/policy';
import { writeEntry } from '#domain/records';
import type { Transaction } from '#platform/database';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { OrdersHouse } from './house.ts';
import { refuse } from './refusals.ts';

export type CapRequest = {
  /** E.164. */
  readonly number: string;
  /** Null: it may use all that is shared. */
  readonly octets: bigint | null;
  readonly reason: string;
};

/** Octets: more than any data that is sold. */
const CAP_MAX = 1_000_000_000_000n;

/** Octets, before it was asked. */
export type CappedLine = { readonly octetsBefore: bigint | null };
export type CapRefusal = Refusal<'access.not_allowed' | 'lines.not_found' | 'orders.number_moved' | 'orders.cap_outside_limits'>;

/**
 * Refuses `access.not_allowed` to all but the account's owner, `orders.cap_outside_limits`, `lines.not_found`, `orders.number_moved`.
 * Asked again, it is done.
 */
export async function capLine(house: OrdersHouse, asker: Asker, asked: CapRequest): Promise<CappedLine | CapRefusal> {
  const found = await findNumber(house.database, asked.number);
  if (isRefusal(found)) return found;
  const denied = await requireAccess(house.database, asker, ['cap_line'], found);
  if (denied !== undefined) return denied;
  if (asked.octets !== null && (asked.octets < 0n || asked.octets > CAP_MAX)) return refuse('orders.cap_outside_limits', { max: CAP_MAX });
  return house.database.transaction(async (tx) => {
    const account = await lockAccount(tx, found);
    const line = await findNumber(tx, asked.number);
    if (isRefusal(line)) return line;
    if (line.accountId !== found.accountId) return refuse('orders.number_moved');
    const at = instantUnder(account, house.clock.business());
    const octetsBefore = await readLineCap(tx, line);
    if (octetsBefore === asked.octets) return { octetsBefore };
    const counted = octetsBefore === null ? await countShares(tx, line, at) : [];
    setLineCap(tx, line, asked.octets, counted);
    await follow(house, tx, line, at);
    writeEntry(tx, {
      ...{ slot: line.slot, accountId: line.accountId, entryId: house.mintId(line.slot), actor: actorOf(asker), action: 'orders.cap_line' },
      ...{ reason: asked.reason, before: { octets: octetsBefore }, after: { octets: asked.octets }, at, subject: asked.number },
    });
    await Promise.all([tellPolicy(tx, [line]), tellNodes(tx, [line])]);
    return { octetsBefore };
  });
}

/** A line that had come to the end of its share goes on; one that has it behind it now stops with its next request. */
async function follow(house: OrdersHouse, tx: Transaction, { slot, accountId, lineId }: LineKey, at: Date): Promise<void> {
  const key = { slot, accountId, lineId };
  const advanced = await readAdvanced(tx, house.catalog(), key, at);
  await saveAdvanced(house, tx, advanced, at);
  const { state } = advanced;
  if (state.line.state !== 'throttled' && state.line.state !== 'stopped') return;
  const allowances = await readAllowances(tx, { ...key, at });
  const policy = usePolicy(presentPlan(house.catalog(), state));
  const { speed } = standingOf(allowances, { service: 'data', zone: HOME_ZONE, lineId, now: at, policy });
  if (speed === 'full') replenishLine(house, tx, state, at);
}
