/**
 * A line joins another account, for a family on one balance and one plan (BUY-6, SIM-4): its charging sessions end and give back what
 * they held, what it owns moves with it, and its money where nobody stays behind. Slow and explicit, in one transaction under the locks
 * of both accounts: never done by the way.
 */
import { type Asker, actorOf, requireAccess } from '#domain/access';
import { moveAllowances } from '#domain/allowances';
import { type EndedSession, endSessionsOfLine } from '#domain/charging';
import { type Account, type AccountKey, BALANCE, dropExpiredHolds, instantUnder, lockAccount, postTransaction } from '#domain/ledger';
import { findNumber, type LineKey, type LineWithQueue, linesOfAccount, moveLine, readAdvanced, saveAdvanced } from '#domain/lines';
import { type Money, money, negate } from '#domain/money';
import { tellPolicy } from '#domain/policy';
import { writeEntry } from '#domain/records';
import { moveSim } from '#domain/sims';
import { assert } from '#platform/assert';
import { statement, type Transaction } from '#platform/database';
import { formatId } from '#platform/ids';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { OrdersHouse } from './house.ts';
import { refuse } from './refusals.ts';

export type JoinRequest = {
  /** E.164 of the line that moves. */
  readonly number: string;
  /** The account it moves to. */
  readonly to: AccountKey;
  readonly reason: string;
};

export type JoinedLine = {
  /** The line as it is now; with an id of its own in the account it joined. */
  readonly line: LineKey;
  /** Of what it owned: how much was left and has moved. */
  readonly allowances: number;
  /** Nothing where other lines stay on the account it left: the money is theirs, too. */
  readonly balance: Money;
  /** For those who hold the connections: these are over. */
  readonly ended: readonly EndedSession[];
  /** It was on that account already. */
  readonly repeated: boolean;
};

export type JoinRefusal = Refusal<
  | ('access.not_allowed' | 'lines.not_found' | 'orders.number_moved')
  | ('orders.join_open' | 'orders.join_debt' | 'orders.join_lost' | 'orders.join_elsewhere')
>;

const openOrderOfLine = statement<LineKey, { orderId: bigint }>(import.meta.dirname, 'open-order-of-line');

/**
 * Refuses `access.not_allowed` to all but who owns both accounts, `lines.not_found`, `orders.join_open` while an order or refund of the
 * line is under way, `orders.join_debt` where its account owes, `orders.join_lost`, `orders.join_elsewhere` for another market. Asked
 * again, it is done.
 */
export async function joinLine(house: OrdersHouse, asker: Asker, { number, to, reason }: JoinRequest): Promise<JoinedLine | JoinRefusal> {
  const found = await findNumber(house.database, number);
  if (isRefusal(found)) return found;
  for (const account of [found, to]) {
    const denied = await requireAccess(house.database, asker, ['join_line'], account);
    if (denied !== undefined) return denied;
  }
  return house.database.transaction(async (tx) => {
    // In order of the accounts, as charging locks them: two that cross never wait for each other.
    const locked = new Map<bigint, Account>();
    for (const account of [found, to].toSorted((one, other) => (one.accountId < other.accountId ? -1 : 1)))
      locked.set(account.accountId, await lockAccount(tx, account));
    const line = await findNumber(tx, number);
    if (isRefusal(line)) return line;
    const [from, target] = [locked.get(line.accountId), locked.get(to.accountId)];
    if (target === undefined || from === undefined) return refuse('orders.number_moved');
    const at = instantUnder(from, instantUnder(target, house.clock.business()));
    if (from === target) return { line, allowances: 0, balance: money(from.currency, 0n), ended: [], repeated: true };
    return move(house, tx, { line, from, target, at, actor: actorOf(asker), reason });
  });
}

type Moving = {
  readonly line: LineKey;
  readonly from: Account;
  readonly target: Account;
  readonly at: Date;
  readonly actor: string;
  readonly reason: string;
};

async function move(house: OrdersHouse, tx: Transaction, moving: Moving): Promise<JoinedLine | JoinRefusal> {
  const { line, from, target, at } = moving;
  const advanced = await readAdvanced(tx, house.catalog(), line, at);
  const { state } = advanced;
  const refused = await whyNot(house, tx, moving, state);
  if (refused !== undefined) return refused;
  const transportNow = house.clock.transport();
  for (const account of [from, target]) await dropExpiredHolds(tx, account, transportNow, at);
  await saveAdvanced(house, tx, advanced, at);
  const key = { slot: line.slot, accountId: line.accountId, lineId: line.lineId };
  const ended = await endSessionsOfLine(house, tx, { ...key, reason: 'moved' });
  const isAlone = (await linesOfAccount(tx, from)).every(({ lineId }) => lineId === line.lineId);
  const joined = await moveLine(house, tx, { state, to: target }, at);
  const allowances = await moveAllowances(house, tx, { from: key, to: joined, withShared: isAlone, at });
  moveSim(tx, key, joined);
  const balance = isAlone ? await moveBalance(house, tx, moving, joined) : money(from.currency, 0n);
  record(house, tx, moving, { state, joined, allowances, balance });
  // Who watches the line goes with it, and how both accounts stand may be another thing now.
  await tellPolicy(tx, [from, target]);
  return { line: joined, allowances, balance, ended, repeated: false };
}

async function whyNot(
  house: OrdersHouse,
  tx: Transaction,
  { line, from, target, at }: Moving,
  { line: now }: LineWithQueue,
): Promise<JoinRefusal | undefined> {
  if (now.state === 'lost') return refuse('orders.join_lost', { number: now.number });
  const others = await linesOfAccount(tx, target);
  const markets = await Promise.all(
    others.map(async ({ lineId }) => {
      const { slot, accountId } = target;
      return (await readAdvanced(tx, house.catalog(), { slot, accountId, lineId }, at)).state.line.market;
    }),
  );
  if (from.currency !== target.currency || markets.some((market) => market !== now.market))
    return refuse('orders.join_elsewhere', { number: now.number });
  const { slot, accountId, lineId } = line;
  const open = await tx.maybe(openOrderOfLine, { slot, accountId, lineId });
  if (open !== undefined) return refuse('orders.join_open', { order: formatId('ord', open.orderId) });
  if (from.balanceMinor < 0n) return refuse('orders.join_debt', { currency: from.currency, owedMinor: -from.balanceMinor });
  return undefined;
}

/** What stands on both sides against it comes to nothing. */
const TRANSFER = 'house.transfer';

/** After the sessions have ended: what they held is back, what they used is paid. */
async function moveBalance(house: OrdersHouse, tx: Transaction, { from, target, at }: Moving, joined: LineKey): Promise<Money> {
  const left = await lockAccount(tx, from);
  const gains = await lockAccount(tx, target);
  assert(left.heldMinor === 0n, 'no order is open, and no session');
  const amount = money(left.currency, left.balanceMinor);
  if (amount.minor === 0n) return amount;
  const posting = { kind: 'line_joined', reference: formatId('line', joined.lineId), effectiveAt: at, recordedAt: house.clock.transport() };
  for (const [account, gain] of [
    [left, negate(amount)],
    [gains, amount],
  ] as const)
    postTransaction(tx, account, {
      ...posting,
      transactionId: house.mintId(account.slot),
      legs: [
        { name: BALANCE, amount: gain },
        { name: TRANSFER, amount: negate(gain) },
      ],
    });
  return amount;
}

type Recorded = Pick<JoinedLine, 'allowances' | 'balance'> & { readonly state: LineWithQueue; readonly joined: LineKey };

/** In the trail of both accounts: what left the one, what came to the other. */
function record(house: OrdersHouse, tx: Transaction, { line, from, target, at, actor, reason }: Moving, moved: Recorded): void {
  const before = { line: formatId('line', line.lineId), account: formatId('acc', from.accountId) };
  const { allowances, balance, joined } = moved;
  const after = { line: formatId('line', joined.lineId), account: formatId('acc', target.accountId), allowances, balance };
  for (const { slot, accountId } of [from, target])
    writeEntry(tx, {
      ...{ slot, accountId, entryId: house.mintId(slot), actor, action: 'orders.join_line', reason, before, after, at },
      subject: moved.state.line.number,
    });
}
