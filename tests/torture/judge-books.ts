/** The whole against the model: each order, each line's end and balance, and all the money, to the cent. */
import { formatId } from '#platform/ids';
import { endAfter } from './count-periods.ts';
import { type Facts, gatherFacts, type LineFacts, type OrderFacts } from './gather-facts.ts';
import type { Entry } from './history.ts';
import { judgeOrder, type OrderCase, type OutsidePayment, writtenOrder } from './judge-order.ts';
import type { BookedLine, Books } from './read-books.ts';
import type { SimulatorState } from './start-world.ts';

export type Evidence = {
  readonly entries: readonly Entry[];
  readonly books: Books;
  readonly outside: Pick<SimulatorState, 'payments' | 'totals'>;
};

/** How many allowances a product makes. */
export type Parts = (product: string) => number;

/** What is wrong, in words, or nothing. */
export function judgeBooks({ entries, books, outside }: Evidence, parts: Parts): string[] {
  const facts = gatherFacts(entries);
  const cases = casesOf(facts, books, outside, parts);
  const strangers = books.orders.filter((order) => !facts.orders.has(writtenOrder(order)));
  return [
    ...strangers.map((order) => `${writtenOrder(order)}: nobody ever asked for it`),
    ...cases.flatMap(judgeOrder),
    ...judgeLines(facts, cases, books),
    ...judgeAccounts(facts, cases, outside),
    ...judgeTotals(books, outside),
    ...judgeNumbers(books),
  ];
}

function casesOf({ orders, lines }: Facts, books: Books, outside: Evidence['outside'], parts: Parts): OrderCase[] {
  const booked = new Map(books.orders.map((order) => [writtenOrder(order), order]));
  const orderOfAttempt = new Map(books.attempts.map((attempt) => [formatId('att', attempt.attemptId), writtenOrder(attempt)]));
  const payments = groupBy(outside.payments, (payment) => orderOfAttempt.get(payment.metadata['everline_attempt'] ?? '') ?? '');
  const documents = groupBy(books.documents, writtenOrder);
  const allowances = groupBy(books.allowances, writtenOrder);
  const notices = new Map(books.notices.map((notice) => [writtenOrder(notice), notice.count]));
  return [...orders.values()].map((facts) => ({
    facts,
    booked: booked.get(facts.order),
    documents: documents.get(facts.order) ?? [],
    allowances: allowances.get(facts.order) ?? [],
    smsCount: notices.get(facts.order) ?? 0n,
    payments: (payments.get(facts.order) ?? []).map(paymentOf),
    parts: partsOf(facts, lines.get(facts.number), parts),
  }));
}

function paymentOf({ id, received, refunded }: SimulatorState['payments'][number]): OutsidePayment {
  return { id, received: BigInt(received), refunded: BigInt(refunded) };
}

/** The plan is the first item of its order, whatever place it was asked for in. */
function partsOf({ items }: OrderFacts, line: LineFacts | undefined, parts: Parts): number[] {
  const renewals = items.filter((item) => item.kind === 'renew').map(() => parts(line?.plan ?? ''));
  const others = items.filter((item) => item.kind !== 'renew').map((item) => ('product' in item ? parts(item.product) : 0));
  return [...renewals, ...others];
}

/** Paid until exactly as many periods as renewals are in effect, and on the balance what was put there and not spent. */
function judgeLines({ lines }: Facts, cases: readonly OrderCase[], books: Books): string[] {
  const booked = new Map(books.lines.map((line) => [line.number, line]));
  const byNumber = groupBy(cases, ({ facts }) => facts.number);
  return [...lines.values()].flatMap((line) => {
    const row = booked.get(line.number);
    if (row === undefined) return [`${line.number}: the line is gone`];
    const own = byNumber.get(line.number) ?? [];
    return [...judgeLine(line, own, row)].map((what) => `${line.number}: ${what}`);
  });
}

function* judgeLine(
  line: LineFacts,
  own: readonly OrderCase[],
  { state, paidUntil, balanceMinor, heldMinor }: BookedLine,
): Generator<string> {
  const inEffect = own.filter(({ booked }) => booked?.state === 'delivered');
  const renewals = inEffect.filter(({ facts }) => facts.items.some((item) => item.kind === 'renew')).length;
  const end = endAfter(line, renewals);
  if (state !== 'active') yield `it is ${state}`;
  if (paidUntil?.getTime() !== end?.getTime())
    yield `it is paid until ${paidUntil?.toISOString()}, and ${renewals} renewals reach ${end?.toISOString()}`;
  const balance = inEffect.reduce((sum, one) => sum + balanceEffect(one), 0n);
  if (balanceMinor !== balance) yield `its balance is ${balanceMinor}, and ${balance} is right`;
  if (heldMinor !== 0n) yield `${heldMinor} of its balance is still held`;
}

function balanceEffect({ facts, booked, documents }: OrderCase): bigint {
  const { topUpMinor, balanceMinor } = facts.quote;
  if (booked?.tender === 'provider') return topUpMinor;
  const returned = documents.filter(({ kind }) => kind === 'credit_note').reduce((sum, note) => sum + note.totalMinor, 0n);
  return returned - (balanceMinor ?? 0n);
}

/** By the account that the provider was told, so that a payment booked under the wrong order is found too. */
function judgeAccounts({ lines }: Facts, cases: readonly OrderCase[], outside: Evidence['outside']): string[] {
  const kept = new Map<string, bigint>();
  for (const { metadata, received, refunded } of outside.payments) {
    const account = metadata['everline_account'] ?? 'none';
    kept.set(account, (kept.get(account) ?? 0n) + BigInt(received) - BigInt(refunded));
  }
  const accountOf = (number: string) => lines.get(number)?.account ?? 'none';
  const due = new Map<string, bigint>();
  for (const { facts, booked, documents } of cases) {
    if (booked?.state !== 'delivered' || booked.tender !== 'provider') continue;
    const returned = documents.filter(({ kind }) => kind === 'credit_note').reduce((sum, note) => sum + note.totalMinor, 0n);
    due.set(accountOf(facts.number), (due.get(accountOf(facts.number)) ?? 0n) + facts.quote.providerMinor - returned);
  }
  return [...new Set([...kept.keys(), ...due.keys()])]
    .filter((account) => (kept.get(account) ?? 0n) !== (due.get(account) ?? 0n))
    .map((account) => `${account}: the provider has ${kept.get(account) ?? 0n} of it, and ${due.get(account) ?? 0n} is right`);
}

/** The boundary is what the provider says, nothing is owed, everything together is nothing. */
function judgeTotals({ named, rolledUp, unreconciled }: Books, { totals }: Evidence['outside']): string[] {
  const amountOf = (name: string, unit: string) => named.find((one) => one.name === name && one.unit === unit)?.amount ?? 0n;
  const wrong = unreconciled.map((one) => `unreconciled: ${Object.values(one).join(' ')}`);
  for (const [code, { captured, refunded }] of Object.entries(totals)) {
    const unit = code.toUpperCase();
    const atProvider = BigInt(captured) - BigInt(refunded);
    if (-amountOf('boundary.stripe', unit) !== atProvider)
      wrong.push(`the boundary says ${-amountOf('boundary.stripe', unit)} ${unit}, the provider ${atProvider}`);
    if (amountOf('clearing.refund', unit) !== 0n) wrong.push(`${amountOf('clearing.refund', unit)} ${unit} is still owed to payers`);
    const all = named.filter((one) => one.unit === unit).reduce((sum, one) => sum + one.amount, 0n);
    if (all !== 0n) wrong.push(`all ${unit} together are ${all}`);
  }
  for (const { name, unit, amount } of rolledUp)
    if (amountOf(name, unit) !== amount) wrong.push(`the roll-up of ${name} says ${amount} ${unit}, its postings ${amountOf(name, unit)}`);
  return wrong;
}

/** 1, 2, 3 … within market, slot and kind. */
function judgeNumbers({ documents, counters }: Books): string[] {
  const series = groupBy(documents, ({ market, slot, kind }) => `${market}-${slot} ${kind}`);
  const counter = new Map(counters.map(({ market, slot, kind, lastNumber }) => [`${market}-${slot} ${kind}`, lastNumber]));
  return [...series].flatMap(([name, members]) => {
    const numbers = members.map(({ number }) => number).toSorted((left, right) => Number(left - right));
    const isGapless = numbers.every((number, index) => number === BigInt(index + 1)) && counter.get(name) === BigInt(numbers.length);
    return isGapless ? [] : [`the numbers of ${name} have a gap: ${numbers.join(' ')}, counted to ${counter.get(name)}`];
  });
}

function groupBy<One, Key>(all: readonly One[], keyOf: (one: One) => Key): Map<Key, One[]> {
  const groups = new Map<Key, One[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group === undefined) groups.set(keyOf(one), [one]);
    else group.push(one);
  }
  return groups;
}
