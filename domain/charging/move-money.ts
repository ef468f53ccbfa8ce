/** What a request's charge does to the balance: what the session held ends, what was used is posted, what it may use next is held. */
import { type Account, BALANCE, endHold, holdMoney, postTransaction } from '#domain/ledger';
import { money, negate } from '#domain/money';
import { assert } from '#platform/assert';
import { DAY_MS } from '#platform/clock';
import type { Transaction } from '#platform/database';
import { formatId } from '#platform/ids';
import type { Tools } from '#platform/tools';
import { type Session, type SessionGroup, sameGroup } from './session.ts';

/** No session lives longer: its holds would else count for nothing while it goes on (L7). */
export const SESSION_DAYS_MAX = 30;

export type MoneyToMove = {
  readonly account: Account;
  readonly before: Session;
  readonly after: Session;
  readonly key: string;
  readonly paidMinor: bigint;
  readonly at: Date;
  readonly transportNow: Date;
};

export async function moveMoney(tools: Tools, tx: Transaction, move: MoneyToMove): Promise<void> {
  const { account, before, after, paidMinor, at } = move;
  let current = account;
  const as = paidMinor > 0n ? 'settled' : 'released';
  for (const group of before.groups.filter((one) => isHeldAnew(one, after))) {
    const ended = await endHold(tx, current, { reference: holdOf(before, group), as, at });
    assert(ended?.minor === group.heldMinor, 'what a session holds of money is there until it ends (L6)');
    current = { ...current, heldMinor: current.heldMinor - group.heldMinor };
  }
  if (paidMinor > 0n) {
    post(tools, tx, current, move);
    current = { ...current, balanceMinor: current.balanceMinor - paidMinor };
  }
  const expiresAt = heldUntil(before);
  for (const group of after.groups.filter((one) => isHeldAnew(one, before))) {
    const amount = money(account.currency, group.heldMinor);
    const refused = await holdMoney(tx, current, { reference: holdOf(after, group), amount, at, expiresAt });
    assert(refused === undefined, 'what was decided to be held is there (L5)');
    current = { ...current, heldMinor: current.heldMinor + group.heldMinor };
  }
}

/** Its holds, by transport time: past it they count for nothing, and were released by whoever looked first (L7). */
function heldUntil({ beganAt }: Session): Date {
  return new Date(beganAt.getTime() + (SESSION_DAYS_MAX + 1) * DAY_MS);
}

/** The session with what its holds still count for. */
export function withMoneyHeld(session: Session, transportNow: Date): Session {
  if (transportNow < heldUntil(session)) return session;
  return { ...session, groups: session.groups.map((group) => ({ ...group, heldMinor: 0n })) };
}

/** Held here, and not by the same hold there. */
function isHeldAnew(group: SessionGroup, there: Session): boolean {
  const other = there.groups.find((one) => sameGroup(one, group));
  return group.heldMinor > 0n && (other?.heldMinor !== group.heldMinor || other.holds !== group.holds);
}

function holdOf({ sessionId }: Session, { ratingGroup, serviceIdentifier, holds }: SessionGroup): string {
  return `${formatId('ses', sessionId)}/${ratingGroup ?? ''}/${serviceIdentifier ?? ''}/${holds}`;
}

function post(tools: Tools, tx: Transaction, account: Account, { before, key, paidMinor, at, transportNow }: MoneyToMove): void {
  const paid = money(account.currency, paidMinor);
  postTransaction(tx, account, {
    transactionId: tools.mintId(account.slot),
    kind: 'pay_as_you_go',
    reference: `${formatId('ses', before.sessionId)}/${key}`,
    legs: [
      { name: BALANCE, amount: negate(paid) },
      { name: 'house.pay_as_you_go', amount: paid },
    ],
    effectiveAt: at,
    recordedAt: transportNow,
  });
}
