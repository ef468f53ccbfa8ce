/** The main job in a terminal: renew a line, with its stages as they happen and the receipt at the end. */
import { parseArgs } from 'node:util';
import type { Asker } from '#domain/access';
import { findNumber, type NumberClaim, readLine, readNumber } from '#domain/lines';
import { parseAmount } from '#domain/money';
import { waitUntilTold } from '#domain/notices';
import {
  askAttempt,
  type ItemRequest,
  linkOf,
  type Order,
  type PayResult,
  type PayWay,
  payOrder,
  placeOrder,
  quoteOrder,
  readDocuments,
  readOrder,
  sumOf,
} from '#domain/orders';
import { attemptsOfOrder, isLive, listSavedMethods } from '#domain/payments';
import { ownerOf } from '#domain/people';
import { formatId } from '#platform/ids';
import { type Language, say, sayDecline } from '#platform/messages';
import { secretToken } from '#platform/random';
import { isRefusal, type Refusal } from '#platform/refusals';
import { drainOutbox, type House } from '../house/index.ts';
import { type Command, EXIT, type Terminal, tellRefusal, terminalLanguage, UsageTrouble, withHouse } from './command.ts';

const WAITED_MS_MAX = 31 * 60_000;
const ASK_EVERY_MS = 2_000;
const PAYS = ['card', 'balance', 'saved'] as const;

export const renew: Command = {
  usage: '<number> [--plan P | --pack P | --top-up A] --pay card|balance|saved [--json]',
  summary: 'renew a line (or add a pack, or top up) and show each stage',
  run([typed, ...words], situation) {
    const text = { type: 'string' } as const;
    const options = {
      plan: text,
      pack: text,
      'top-up': text,
      pay: { ...text, default: 'card' },
      email: text,
      key: text,
      queue: { type: 'boolean' },
      json: { type: 'boolean' },
    } as const;
    const { values } = parseArgs({ args: [...words], options });
    if (typed === undefined) throw new UsageTrouble('say which number');
    if (!(PAYS as readonly string[]).includes(values.pay)) throw new UsageTrouble(`--pay takes ${PAYS.join(', ')}`);
    const { terminal } = situation;
    const json = values.json === true;
    return withHouse(situation, async ({ house }) => {
      const sale: Sale = { house, terminal, json, language: terminalLanguage(), began: Date.now() };
      const claim = await findLine(house, typed);
      if (isRefusal(claim)) return tellRefusal(terminal, claim, json);
      const item = await chooseItem(house, claim, values);
      if (isRefusal(item)) return tellRefusal(terminal, item, json);
      const paying = await buy(sale, claim, item, {
        pay: values.pay as (typeof PAYS)[number],
        email: values.email,
        key: values.key ?? secretToken(),
      });
      if (isRefusal(paying)) return tellRefusal(terminal, paying, json);
      return finish(sale, await waitForPayment(sale, paying));
    });
  },
};

type Sale = {
  readonly house: House;
  readonly terminal: Terminal;
  readonly json: boolean;
  readonly language: Language;
  readonly began: number;
};
type Wanted = { plan?: string | undefined; pack?: string | undefined; 'top-up'?: string | undefined; queue?: boolean | undefined };

async function findLine(house: House, typed: string): Promise<NumberClaim | Refusal> {
  const number = readNumber(typed, house.catalog.latest().brand?.defaultMarket ?? 'US');
  return isRefusal(number) ? number : findNumber(house.tools.database, number);
}

/** The present plan is renewed, another one is a change. */
async function chooseItem(house: House, claim: NumberClaim, wanted: Wanted): Promise<ItemRequest | Refusal> {
  const { line } = await readLine(house.tools.database, claim);
  if (wanted.pack !== undefined) return { kind: 'pack', product: wanted.pack };
  if (wanted['top-up'] !== undefined) {
    const currency = house.catalog.latest().market(line.market, house.tools.clock.business())?.currency ?? 'USD';
    const amount = parseAmount(wanted['top-up'], currency);
    return isRefusal(amount) ? amount : { kind: 'top_up', amount };
  }
  if (wanted.plan !== undefined && wanted.queue) return { kind: 'queue', product: wanted.plan, startRule: 'at_end' };
  return wanted.plan === undefined || wanted.plan === line.planCode ? { kind: 'renew' } : { kind: 'change', product: wanted.plan };
}

type Choice = { readonly pay: (typeof PAYS)[number]; readonly email: string | undefined; readonly key: string };

async function buy(sale: Sale, claim: NumberClaim, item: ItemRequest, { pay, email, key }: Choice): Promise<PayResult | Refusal> {
  const { house, language } = sale;
  const personId = pay === 'saved' ? await ownerOf(house.tools.database, claim) : undefined;
  const asker: Asker =
    personId === undefined ? { kind: 'operator', name: 'command-line' } : { kind: 'person', personId, source: 'command-line' };
  const way = await wayOf(house, pay, personId);
  if (way === undefined) throw new UsageTrouble('the owner of this line has no saved method; pay once by card first');
  const quote = await quoteOrder(house.orders, asker, { line: claim, items: [item] });
  if (isRefusal(quote)) return quote;
  const { total, tax } = sumOf({ tender: pay === 'balance' ? 'balance' : 'provider', content: quote.content });
  tell(sale, 'quoted', say(language, 'cli.stage.quoted', { total, tax }));
  const placed = await placeOrder(house.orders, asker, { quote, key, way, acceptedTerms: quote.content.termsVersion, language, email });
  if (isRefusal(placed)) return placed;
  tell(sale, 'placed', say(language, 'cli.stage.placed', { order: formatId('ord', placed.order.orderId) }));
  return payOrder(house.orders, placed);
}

async function wayOf(house: House, pay: Choice['pay'], personId: bigint | undefined): Promise<PayWay | { kind: 'balance' } | undefined> {
  if (pay === 'balance') return { kind: 'balance' };
  if (pay === 'card') return { kind: 'page', saveMethod: false };
  const saved = personId === undefined ? undefined : (await listSavedMethods(house.tools.database, personId))[0];
  return saved && { kind: 'saved', savedMethodId: saved.savedMethodId };
}

/** While the customer pays on the provider's page, asks how it stands, until it ends or the page does. */
async function waitForPayment(sale: Sale, paying: PayResult): Promise<Order> {
  const { house, language } = sale;
  let { order } = paying;
  if (paying.page !== undefined) tell(sale, 'page', say(language, 'cli.open_page', { url: paying.page }));
  while (order.state === 'placed' && Date.now() - sale.began < WAITED_MS_MAX) {
    const live = (await attemptsOfOrder(house.tools.database, order)).find(isLive);
    if (live === undefined) break;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    order = (await askAttempt(house.orders, live)).order;
  }
  return order;
}

async function finish(sale: Sale, ended: Order): Promise<number> {
  const { house, language, terminal, json } = sale;
  await drainOutbox(house);
  const order = (await readOrder(house.tools.database, ended)) ?? ended;
  const seconds = (at: Date | null) => (at === null ? null : (at.getTime() - order.beganAt.getTime()) / 1000);
  const [documents, notifiedAt, attempts] = await Promise.all([
    readDocuments(house.tools.database, order),
    order.appliedAt === null ? null : waitUntilTold(house.tools, order),
    attemptsOfOrder(house.tools.database, order),
  ]);
  const receipt = documents.find((document) => document.kind === 'receipt');
  const stages = { paid: seconds(order.paidAt), applied: seconds(order.appliedAt), notified: seconds(notifiedAt) };
  const declined = attempts.at(-1)?.declineReason ?? null;
  if (json) {
    const { total, tax } = sumOf(order);
    const amounts = { currency: order.currency, totalMinor: `${total.minor}`, taxMinor: `${tax.minor}` };
    terminal.print(
      JSON.stringify({
        order: formatId('ord', order.orderId),
        link: house.orders.orderUrl(linkOf(order)),
        state: order.state,
        ...amounts,
        stages,
        receipt: receipt?.documentNumber ?? null,
        declined,
      }),
    );
  } else {
    if (stages.paid !== null) terminal.print(say(language, 'cli.stage.paid', { seconds: stages.paid }));
    if (stages.applied !== null) terminal.print(say(language, 'cli.stage.applied', { seconds: stages.applied }));
    if (stages.notified !== null) terminal.print(say(language, 'cli.stage.notified', { seconds: stages.notified }));
    if (receipt !== undefined)
      terminal.print(say(language, 'cli.receipt', { number: receipt.documentNumber, total: receipt.content.sum.total }));
    if (declined !== null && receipt === undefined) terminal.warn(sayDecline(language, declined));
  }
  if (order.state === 'applied' || order.state === 'delivered') return EXIT.done;
  return declined === null && order.state === 'placed' ? EXIT.pending : EXIT.declined;
}

function tell({ terminal, json }: Sale, stage: string, words: string): void {
  if (json) terminal.warn(JSON.stringify({ stage }));
  else terminal.print(words);
}
