/**
 * Use that no allowance covers, paid from the balance. The running total is rated and the difference charged, so that any
 * split of the same use costs the same (L9). What the balance does not cover is loss, never a negative balance (G6).
 */
import type { Market, Plan, Service } from '#domain/catalog';
import { type Account, available, BALANCE, dropExpiredHolds, postTransaction } from '#domain/ledger';
import { lesser, type Money, money, negate, zero } from '#domain/money';
import { debitOf, rateFor, tariffAt } from '#domain/rating';
import { statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { LineKey } from './line.ts';

type TotalKey = LineKey & { service: string; zone: string; plan: string };
type Total = { quantity: bigint; chargedMinor: bigint; lostMinor: bigint };
const readTotal = statement<TotalKey, Total>(import.meta.dirname, 'read-pay-as-you-go');
const writeTotal = statement<TotalKey & Total>(import.meta.dirname, 'write-pay-as-you-go');

export type UncoveredUse = LineKey & {
  readonly key: string;
  readonly service: Service;
  readonly zone: string;
  readonly quantity: bigint;
  readonly at: Date;
};

/** `spent`: nothing is left to pay with; the line stops. `balance` is as the use left it. */
export type PaidAsYouGo = { readonly spent: boolean; readonly paid: Money; readonly balance: Money };

/** What is charged, and by whose terms: the plan's rates, the market's hours. */
export type Terms = { readonly plan: Plan; readonly market: Market };

/** Charges uncovered use at the plan's rate. */
export async function payAsYouGo(
  tools: Tools,
  tx: Transaction,
  locked: Account,
  { plan, market }: Terms,
  use: UncoveredUse,
): Promise<PaidAsYouGo> {
  const rate = rateFor(plan, { ...use, tariff: tariffAt(market, use.at) });
  // What has no price is lost, and stops nothing: the money is still there for what has one (G6).
  if (rate === undefined) return { spent: false, paid: zero(locked.currency), balance: money(locked.currency, locked.balanceMinor) };
  const account = await dropExpiredHolds(tx, locked, tools.clock.transport(), use.at);
  const { slot, accountId, lineId, at } = use;
  // Each rate has a total of its own; one of a tariff period is told from the ordinary one by the period's code.
  const planKey = `${plan.code}@${plan.version}${rate.tariff === undefined ? '' : `/${rate.tariff}`}`;
  const totalKey = { slot, accountId, lineId, service: rate.service, zone: rate.zone, plan: planKey };
  const before = (await tx.maybe(readTotal, totalKey)) ?? { quantity: 0n, chargedMinor: 0n, lostMinor: 0n };
  const debitedMinor = before.chargedMinor + before.lostMinor;
  const due = money(account.currency, debitOf(rate, { unitsBefore: before.quantity, debitedMinor, units: use.quantity }));
  const paid = lesser(due, available(account));
  const quantity = before.quantity + use.quantity;
  const after = { quantity, chargedMinor: before.chargedMinor + paid.minor, lostMinor: before.lostMinor + due.minor - paid.minor };
  tx.write(writeTotal, { ...totalKey, ...after });
  if (paid.minor > 0n) {
    const transactionId = tools.mintId(slot);
    const legs = [
      { name: BALANCE, amount: negate(paid) },
      { name: 'house.pay_as_you_go', amount: paid },
    ];
    postTransaction(tx, account, {
      transactionId,
      kind: 'pay_as_you_go',
      reference: use.key,
      legs,
      effectiveAt: at,
      recordedAt: tools.clock.transport(),
    });
  }
  const balance = money(account.currency, account.balanceMinor - paid.minor);
  return { spent: available(account).minor === paid.minor, paid, balance };
}
