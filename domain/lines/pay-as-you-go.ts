/**
 * Use that no allowance covers, paid from the balance. The running total is rated and the difference charged, so that any
 * split of the same use costs the same (L9). What the balance does not cover is loss, never a negative balance (G6).
 */
import type { Plan, UsageRate } from '#domain/catalog';
import { type Account, available, BALANCE, dropExpiredHolds, postTransaction } from '#domain/ledger';
import { lesser, type Money, money, negate, priceOf, zero } from '#domain/money';
import { statement, type Transaction } from '#platform/database';
import type { Tools } from '#platform/tools';
import type { LineKey } from './line.ts';

type TotalKey = LineKey & { service: string; zone: string; plan: string };
type Total = { quantity: bigint; chargedMinor: bigint; lostMinor: bigint };
const readTotal = statement<TotalKey, Total>(import.meta.dirname, 'read-pay-as-you-go');
const writeTotal = statement<TotalKey & Total>(import.meta.dirname, 'write-pay-as-you-go');

export type UncoveredUse = LineKey & {
  readonly key: string;
  readonly service: string;
  readonly zone: string;
  readonly quantity: bigint;
  readonly at: Date;
};

/** `spent`: nothing is left to pay with, or there is no rate; the line stops. `balance` is as the use left it. */
export type PaidAsYouGo = { readonly spent: boolean; readonly paid: Money; readonly balance: Money };

/** Charges uncovered use at the plan's rate. */
export async function payAsYouGo(tools: Tools, tx: Transaction, locked: Account, plan: Plan, use: UncoveredUse): Promise<PaidAsYouGo> {
  const rate = rateFor(plan, use);
  if (rate === undefined) return { spent: true, paid: zero(locked.currency), balance: money(locked.currency, locked.balanceMinor) };
  const account = await dropExpiredHolds(tx, locked, tools.clock.transport(), use.at);
  const { slot, accountId, lineId, at } = use;
  const totalKey = { slot, accountId, lineId, service: rate.service, zone: rate.zone, plan: `${plan.code}@${plan.version}` };
  const before = (await tx.maybe(readTotal, totalKey)) ?? { quantity: 0n, chargedMinor: 0n, lostMinor: 0n };
  const quantity = before.quantity + use.quantity;
  const due = money(account.currency, priceOf(quantity, rate.price, 'up').minor - before.chargedMinor - before.lostMinor);
  const paid = lesser(due, available(account));
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

/** The rate of the most specific service and zone. */
function rateFor(plan: Plan, use: Pick<UncoveredUse, 'service' | 'zone'>): UsageRate | undefined {
  const fits = plan.rates.filter(
    (rate) =>
      (rate.service === use.service || use.service.startsWith(`${rate.service}.`)) && (rate.zone === use.zone || rate.zone === 'any'),
  );
  return fits.toSorted(
    (left, right) => right.service.length - left.service.length || Number(left.zone === 'any') - Number(right.zone === 'any'),
  )[0];
}
