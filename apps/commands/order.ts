import { parseArgs } from 'node:util';
import { type Money, money, parseAmount } from '#domain/money';
import { cancelOrder, findOrder, linkOf, type Order, openOrder, readDocuments, refundAgain, refundOrder, totalOf } from '#domain/orders';
import { attemptsOfOrder, listPaymentTroubles, type PaymentTrouble, refundsOfOrder } from '#domain/payments';
import { formatId, readTypedId } from '#platform/ids';
import { formatMoney } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import { drainOutbox, type House } from '../house/index.ts';
import {
  COMMAND_LINE,
  type Command,
  EXIT,
  type Situation,
  tellRefusal,
  terminalLanguage,
  toJson,
  UsageTrouble,
  withHouse,
} from './command.ts';

export const order: Command = {
  usage: 'show|cancel|refund <order> [--amount A | --again] [--reason R] [--json] | troubles [--json]',
  summary: 'show an order, cancel an unpaid one, refund a paid one; list those that need somebody',
  run: ([verb, subject, ...words], situation) => {
    if (verb === 'troubles') return showTroubles(subject === undefined ? [] : [subject, ...words], situation);
    if (subject === undefined) throw new UsageTrouble('say which order: ord_…, its number as its page shows it, or the end of its link');
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...words],
      options: { amount: text, reason: text, key: text, again: { type: 'boolean' }, json: { type: 'boolean' } },
    });
    if (verb !== 'show' && verb !== 'cancel' && verb !== 'refund') throw new UsageTrouble(`there is no "order ${verb}"`);
    return withHouse(situation, async ({ house }) => {
      const orderId = readTypedId('ord', subject);
      const found = await (orderId === undefined
        ? openOrder(house.tools.database, subject.split('/').at(-1) ?? '')
        : findOrder(house.tools.database, orderId));
      if (isRefusal(found)) return tellRefusal(situation.terminal, found, values.json);
      const changed =
        verb === 'cancel'
          ? await cancelOrder(house.orders, COMMAND_LINE, found)
          : verb === 'refund'
            ? await (values.again ? refundAgain(house.orders, COMMAND_LINE, found, values.reason ?? 'asked') : refund(house, found, values))
            : found;
      if (isRefusal(changed)) return tellRefusal(situation.terminal, changed, values.json);
      if (verb !== 'show') await drainOutbox(house);
      return show(house, changed, situation, values.json === true);
    });
  },
};

async function refund(house: House, found: Order, { amount, reason = 'asked', key }: { amount?: string; reason?: string; key?: string }) {
  let part: Money | undefined;
  if (amount !== undefined) {
    const parsed = parseAmount(amount, found.currency);
    if (isRefusal(parsed)) return parsed;
    part = parsed;
  }
  const asked = part === undefined ? ({ kind: 'rest' } as const) : ({ kind: 'amount', amount: part } as const);
  // Without a key of the caller's, the same refund asked twice in a row is one: the key says what was left before it.
  const given = await refundsOfOrder(house.tools.database, found);
  const refunded = await refundOrder(house.orders, COMMAND_LINE, {
    order: found,
    key: key ?? `command-line/${given.length}/${amount ?? 'rest'}`,
    asked,
    reason,
  });
  return isRefusal(refunded) ? refunded : refunded.order;
}

async function show(house: House, found: Order, { terminal }: Situation, json: boolean): Promise<number> {
  const { database } = house.tools;
  const [documents, attempts, refunds] = await Promise.all([
    readDocuments(database, found),
    attemptsOfOrder(database, found),
    refundsOfOrder(database, found),
  ]);
  const language = terminalLanguage();
  if (json) {
    const { contentHash, ...rest } = found;
    terminal.print(toJson({ ...rest, contentHash: contentHash.toString('hex'), documents, attempts, refunds }));
    return EXIT.done;
  }
  terminal.print(
    `${formatId('ord', found.orderId)}  ${found.state}${found.reason === null || found.reason === found.state ? '' : ` (${found.reason})`}  ${formatMoney(language, totalOf(found))}  ${found.content.number}`,
  );
  for (const item of found.content.items) terminal.print(`  ${item.names[language]}  ${formatMoney(language, item.price)}`);
  for (const attempt of attempts)
    terminal.print(
      `  attempt ${formatId('att', attempt.attemptId)}  ${attempt.state}${attempt.declineReason === null ? '' : ` (${attempt.declineReason})`}`,
    );
  for (const document of documents)
    terminal.print(`  ${document.kind.replace('_', ' ')} ${document.documentNumber}  ${formatMoney(language, document.content.sum.total)}`);
  for (const one of refunds)
    terminal.print(
      `  refund ${formatId('ref', one.refundId)}  ${one.state}  ${formatMoney(language, money(one.amount.currency, one.amount.minor))}`,
    );
  terminal.print(`  ${house.orders.orderUrl(linkOf(found))}`);
  return EXIT.done;
}

/** What whoever looks after it does next. */
const WHAT_TO_DO: Readonly<Record<PaymentTrouble['kind'], string>> = {
  refund_failed:
    'The provider will not make it, and it stays owed. Find out why there; then send it once more: everline order refund <order> --again',
  refund_waits: 'It is asked about every day and has no end yet. Look for its reference at the provider.',
  dispute_open: 'Answer it at the provider before its deadline there. The line keeps what was bought; what the bank took is booked.',
  payment_waits: 'It is asked about every day and has no end yet. Look for its reference at the provider.',
};

const TROUBLES_SHOWN = 200;

function showTroubles(words: readonly string[], situation: Situation): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { json: { type: 'boolean' } } });
  return withHouse(situation, async ({ house }) => {
    const { database, clock } = house.tools;
    const troubles = await listPaymentTroubles(database, clock.transport(), TROUBLES_SHOWN);
    const shown = troubles.map(({ orderId, slot: _, accountId: __, ...trouble }) => ({ order: formatId('ord', orderId), ...trouble }));
    if (values.json) situation.terminal.print(toJson(shown));
    for (const { order: id, kind, reference, amount, detail, since } of values.json ? [] : shown) {
      const why = detail === null ? '' : ` (${detail})`;
      situation.terminal.print(
        `${id}  ${kind}${why}  ${reference}  ${formatMoney(terminalLanguage(), amount)}  since ${since.toISOString()}`,
      );
      situation.terminal.print(`  ${WHAT_TO_DO[kind].replace('<order>', id)}`);
    }
    if (shown.length === 0 && !values.json) situation.terminal.print('No order needs anybody.');
    return EXIT.done;
  });
}
