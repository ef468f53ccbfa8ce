/** Lines before the harm begins, by the use cases: data that stops, data that slows down, and money that pays as it goes. */
import { readAccount } from '#domain/ledger';
import { addLine, findNumber, type NumberClaim } from '#domain/lines';
import { money } from '#domain/money';
import { type ItemRequest, payOrder, placeOrder, quoteOrder } from '#domain/orders';
import { linkSim, stockSim } from '#domain/sims';
import { assert, present } from '#platform/assert';
import { isRefusal } from '#platform/refusals';
import type { House } from '../../apps/house/index.ts';

export type TorturedLine = NumberClaim & {
  readonly imsi: string;
  readonly number: string;
  readonly plan: 'day-1gb' | 'month-5gb' | 'payg';
  /** In cents, before anything is used. */
  readonly balanceMinor: bigint;
};

const PLANS = ['day-1gb', 'month-5gb', 'payg'] as const;
const AT_ONCE = 6;

export async function openLines(house: House, count: number): Promise<TorturedLine[]> {
  const lines: TorturedLine[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let no = next++; no < count; no = next++) lines[no] = await openLine(house, no);
    }),
  );
  return lines;
}

async function openLine(house: House, no: number): Promise<TorturedLine> {
  const { tools } = house;
  const number = `+1206${5_000_000 + no}`;
  const imsi = `310260${`${no}`.padStart(9, '0')}`;
  const plan = present(PLANS[no % PLANS.length], 'there are plans');
  const at = tools.clock.business();
  await tools.database.transaction(async (tx) => {
    const added = await addLine(tools, tx, house.catalog.latest(), { number, market: 'US', taxRegion: '98101', plan });
    assert(!isRefusal(added), `${number} is added`);
    const sim = await stockSim(tx, { iccid: withLuhn(`8901260${`${no}`.padStart(11, '0')}`), imsi, activationCode: `T${no}` });
    assert(!isRefusal(sim), `${number} has a SIM`);
    await linkSim(tx, { ...added, iccid: sim.iccid, at });
  });
  const line = await findNumber(tools.database, number);
  assert(!isRefusal(line), `${number} is found`);
  const item: ItemRequest = plan === 'payg' ? { kind: 'top_up', amount: money('USD', 500n * BigInt(1 + (no % 8))) } : { kind: 'renew' };
  await buy(house, line, item);
  const { balanceMinor } = await readAccount(tools.database, line);
  return { ...line, number, imsi, plan, balanceMinor };
}

async function buy(house: House, line: NumberClaim, item: ItemRequest): Promise<void> {
  const asker = { kind: 'operator', name: 'torture' } as const;
  const quote = await quoteOrder(house.orders, asker, { line, items: [item] });
  assert(!isRefusal(quote), `a ${item.kind} is quoted`);
  const way = { kind: 'page', saveMethod: false } as const;
  const acceptedTerms = quote.content.termsVersion;
  const placed = await placeOrder(house.orders, asker, { quote, key: `${quote.quoteId}`, way, acceptedTerms, language: 'en' });
  assert(!isRefusal(placed), `a ${item.kind} is placed`);
  const { order } = await payOrder(house.orders, placed);
  assert(order.state === 'applied', `a paid ${item.kind} takes effect`);
}

/** Appends the check digit (ITU-T E.118). */
function withLuhn(digits: string): string {
  let sum = 0;
  for (const [place, digit] of [...digits].reverse().entries()) {
    const doubled = place % 2 === 0 ? Number(digit) * 2 : Number(digit);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`;
}
