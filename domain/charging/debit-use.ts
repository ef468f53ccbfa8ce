/**
 * Where a report of use lands: first on what its session held for it, then on what serves next, then on money where the
 * plan sells use, and what nobody pays is booked as loss, never as a negative balance (G6). What a peer reports is data, not
 * a promise: any size is taken.
 */
import { orderOfUse, type Pair, splitUse, type UseContext } from '#domain/allowances';
import type { Plan, UsageRate } from '#domain/catalog';
import { affordableUnits, debitOf, rateFor, splitAtTariffChange, type UnitsAtTariff } from '#domain/rating';
import type { SessionGroup, SessionTally } from './session.ts';
import type { WorkingBooks } from './working-books.ts';

export type UseToDebit = {
  readonly group: SessionGroup;
  readonly used: bigint;
  readonly usedAfterTariffChange: bigint;
  /** Costs nothing and takes from nothing. */
  readonly free: boolean;
  readonly context: UseContext;
  readonly plan: Plan | undefined;
};

export type Debited = {
  readonly from: readonly Pair[];
  readonly free: bigint;
  /** Units that money paid for, as far as it reached. */
  readonly paid: bigint;
  readonly paidMinor: bigint;
  /** What the units cost that money did not reach. */
  readonly lostMinor: bigint;
  /** Units that nothing paid for. */
  readonly lost: bigint;
  readonly throttled: bigint;
  readonly tallies: readonly SessionTally[];
  /** The prices that were asked. */
  readonly rates: readonly string[];
};

/** Gives back all that the group held, and takes what was used. */
export function debitUse(books: WorkingBooks, use: UseToDebit): Debited {
  const { group, used, context } = use;
  books.unholdMoney(group.heldMinor);
  const nothing = {
    from: [],
    free: 0n,
    paid: 0n,
    paidMinor: 0n,
    lostMinor: 0n,
    lost: 0n,
    throttled: 0n,
    tallies: group.tallies,
    rates: [],
  };
  const taken = takeHeld(books, group, use.free ? 0n : used);
  if (use.free) return { ...nothing, free: used };
  if (taken.rest === 0n) return { ...nothing, from: taken.pairs };
  const split = splitUse(orderOfUse(books.allowances(), context), taken.rest);
  books.use(split.pairs);
  const from = joinPairs(taken.pairs, split.pairs);
  if (split.uncovered === 0n) return { ...nothing, from, throttled: split.throttled };
  return { ...nothing, from, throttled: split.throttled, ...payUncovered(books, use, split.uncovered) };
}

/** What a session held is charged to the allowance that held it, also after its end: the session had been promised it. */
function takeHeld(books: WorkingBooks, group: SessionGroup, used: bigint): { pairs: Pair[]; rest: bigint } {
  const pairs: Pair[] = [];
  let rest = used;
  for (const [allowanceId, quantity] of group.held) {
    books.release(allowanceId, quantity);
    const part = lesser(rest, quantity);
    if (part > 0n) pairs.push({ allowanceId, quantity: part });
    rest -= part;
  }
  books.use(pairs);
  return { pairs, rest };
}

function joinPairs(one: readonly Pair[], other: readonly Pair[]): Pair[] {
  if (other.length === 0) return [...one];
  const joined = new Map<bigint, bigint>();
  for (const { allowanceId, quantity } of [...one, ...other]) joined.set(allowanceId, (joined.get(allowanceId) ?? 0n) + quantity);
  return [...joined].map(([allowanceId, quantity]) => ({ allowanceId, quantity }));
}

/** Money, at the tariff of the grant; each price has its own running total, rounded up once (L9). */
function payUncovered(books: WorkingBooks, use: UseToDebit, uncovered: bigint) {
  const { group, plan } = use;
  let tallies = group.tallies;
  let [paid, paidMinor, lost, lostMinor] = [0n, 0n, 0n, 0n];
  const rates: string[] = [];
  for (const { tariff, units } of atTariffs(use, uncovered)) {
    const rate = plan?.exhaustion.kind === 'pay_as_you_go' ? rateFor(plan, { ...group, tariff }) : undefined;
    if (plan === undefined || rate === undefined) {
      lost += units;
      continue;
    }
    const of = priceOf(plan, rate);
    const tally = tallies.find((one) => one.of === of) ?? { of, units: 0n, debitedMinor: 0n };
    const before = { unitsBefore: tally.units, debitedMinor: tally.debitedMinor };
    const due = debitOf(rate, { ...before, units });
    const pays = lesser(due, books.moneyMinor);
    const reached = pays === due ? units : affordableUnits(rate, { ...before, moneyMinor: books.moneyMinor });
    books.payMoney(pays);
    paid += reached ?? units;
    lost += units - (reached ?? units);
    paidMinor += pays;
    lostMinor += due - pays;
    rates.push(of);
    const after = { of, units: tally.units + units, debitedMinor: tally.debitedMinor + due };
    tallies = [...tallies.filter((one) => one.of !== of), after];
  }
  return { paid, paidMinor, lost, lostMinor, tallies, rates };
}

/** Names the price of a plan: "payg@1/data/any/night". A tariff that changes nothing for it is no other price. */
export function priceOf(plan: Pick<Plan, 'code' | 'version'>, { service, zone, tariff }: UsageRate): string {
  return `${plan.code}@${plan.version}/${service}/${zone}/${tariff ?? ''}`;
}

/** Of the use that money pays: what came after the change of tariff came last, so it is in here first. */
function atTariffs({ group, usedAfterTariffChange }: UseToDebit, uncovered: bigint): readonly UnitsAtTariff[] {
  const { tariff, tariffNext } = group;
  const after = usedAfterTariffChange < uncovered ? usedAfterTariffChange : uncovered;
  return splitAtTariffChange({ tariff, ...(tariffNext === undefined ? {} : { next: { tariff: tariffNext } }) }, [
    { units: uncovered - after, side: 'before' },
    { units: after, side: 'after' },
  ]);
}

function lesser(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
