/**
 * All of one's own data (SEE-4): the person, what they are known by and signed in with, their methods, and of each line what
 * their standing lets them see. No secret, and of receipts only those of orders they placed: others' methods are others' (ID-6).
 */
import { type Action, allowedAccounts, type LineOfPerson, linesOfPerson } from '#domain/access';
import { readAllowances, summarise } from '#domain/allowances';
import type { Catalog } from '#domain/catalog';
import { usedByDay } from '#domain/charging';
import { type LineKey, presentPlan, readHappenings, readLine, usePolicy } from '#domain/lines';
import { decimalText, type Money } from '#domain/money';
import { type Order, ordersOfLine, readOrder, readReceipt, totalOf } from '#domain/orders';
import { listSavedMethods } from '#domain/payments';
import { listPasskeys, listSignIns, namesOfPerson, readAcceptances, readPassword, readPerson } from '#domain/people';
import { readEntries } from '#domain/records';
import { present } from '#platform/assert';
import { formatId, slotOf } from '#platform/ids';
import { encodeJson } from '#platform/json';
import { formatMaskedNumber } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { OwnData, Row } from './own-data.ts';

/** More than a life of renewals; one who has more asks us. */
const ORDERS_OF_LINE_MAX = 5000;
const BEGINNING = new Date(0);
const at = (instant: Date | null): string | null => instant?.toISOString() ?? null;
const moneyCells = (name: string, amount: Money): Row => ({ [name]: decimalText(amount), currency: amount.currency });

/** The asker's own data; nobody else's can be asked for. */
export async function gatherOwnData(tools: Tools, catalog: Catalog, asker: { readonly personId: bigint }): Promise<OwnData> {
  const { personId } = asker;
  const [own, lines] = await Promise.all([gatherPerson(tools, personId), linesOfPerson(tools.database, personId)]);
  const allowed = async (action: Action) =>
    new Set((await allowedAccounts(tools.database, { kind: 'person', personId, source: '' }, [action], lines)).map(({ lineId }) => lineId));
  const [seen, used, allOrders] = await Promise.all([allowed('see_line'), allowed('see_use'), allowed('see_orders')]);
  const gathered = await Promise.all(lines.map((line) => gatherLine(tools, catalog, line, { seen, used })));
  const orders = (await Promise.all(lines.map((line) => ordersOf(tools, line)))).flat();
  const mine = orders.filter((order) => order.personId === personId);
  return {
    ...own,
    lines: gathered.map(({ line }) => line),
    line_events: gathered.flatMap(({ events }) => events),
    use_by_day: gathered.flatMap(({ use }) => use),
    packages: gathered.flatMap(({ packages }) => packages),
    orders: orders
      .filter((order) => order.personId === personId || allOrders.has(order.lineId))
      .map((order) => orderRow(order, personId, seen.has(order.lineId))),
    receipts: (await Promise.all(mine.map((order) => receiptRows(tools, order)))).flat(),
  };
}

type OfPerson = Omit<OwnData, 'lines' | 'line_events' | 'use_by_day' | 'packages' | 'orders' | 'receipts'>;

async function gatherPerson(tools: Tools, personId: bigint): Promise<OfPerson> {
  const { database } = tools;
  const [person, names, terms, signIns, passkeys, password, methods, entries] = await Promise.all([
    readPerson(database, personId),
    namesOfPerson(database, personId),
    readAcceptances(database, personId),
    listSignIns(tools, personId),
    listPasskeys(database, personId),
    readPassword(database, personId),
    listSavedMethods(database, personId),
    readEntries(database, { slot: slotOf(personId), accountId: personId }),
  ]);
  const { name, language, email, number } = present(person, 'whoever is signed in is a person');
  const id = formatId('person', personId);
  return {
    person: [{ person: id, name, language, email, number, password_changed_at: at(password?.changedAt ?? null) }],
    sign_in_names: names.map(({ kind, value, provenAt }) => ({ kind, value, proven_at: at(provenAt) })),
    terms_accepted: terms.map(({ market, version, acceptedAt }) => ({ market, version, accepted_at: at(acceptedAt) })),
    sign_ins: signIns.map(({ way, device, createdAt, seenAt }) => ({ way, device, since: at(createdAt), last_seen: at(seenAt) })),
    passkeys: passkeys.map(({ label, synced, createdAt, usedAt }) => ({ label, synced, added_at: at(createdAt), last_used: at(usedAt) })),
    saved_methods: methods.map(({ kind, brand, last4, expires, savedAt }) => ({ kind, brand, last4, expires, saved_at: at(savedAt) })),
    changes: entries.map(({ action, actor, reason, before, after, at: when }) => ({
      ...{ action, by: actor === `person:${personId}` ? 'you' : actor, reason: reason ?? null, at: at(when) },
      before: before === undefined ? null : encodeJson(before),
      after: after === undefined ? null : encodeJson(after),
    })),
  };
}

type LineRows = { readonly line: Row; readonly events: readonly Row[]; readonly use: readonly Row[]; readonly packages: readonly Row[] };
type May = { readonly seen: ReadonlySet<bigint>; readonly used: ReadonlySet<bigint> };

async function gatherLine(tools: Tools, catalog: Catalog, line: LineOfPerson, { seen, used }: May): Promise<LineRows> {
  const { number, role, slot, accountId, lineId } = line;
  const key: LineKey = { slot, accountId, lineId };
  if (!seen.has(lineId)) return { line: { number: formatMaskedNumber(number), role }, events: [], use: [], packages: [] };
  const now = tools.clock.business();
  const state = await readLine(tools.database, key);
  const { market, planCode, paidUntil, state: standing } = state.line;
  const timeZone = catalog.market(market, now)?.zone ?? 'UTC';
  const [events, days, allowances] = await Promise.all([
    readHappenings(tools.database, key),
    used.has(lineId) ? usedByDay(tools.database, { ...key, from: BEGINNING, until: now, timeZone }) : [],
    readAllowances(tools.database, { slot, accountId, at: now }),
  ]);
  const policy = usePolicy(presentPlan(catalog, state));
  const { packages } = summarise(allowances, { zone: 'home', lineId, now, policy });
  return {
    line: { number, role, state: standing, market, plan: planCode, paid_until: at(paidUntil) },
    events: events.map(({ event, stateBefore, stateAfter, at: when }) => ({
      number,
      event,
      before: stateBefore,
      after: stateAfter,
      at: at(when),
    })),
    use: days.map(({ day, service, quantity }) => ({ number, day, service, quantity: String(quantity) })),
    packages: packages.flatMap(({ productCode, validFrom, validUntil, parts }) =>
      parts.map(({ service, granted, left }) => ({
        ...{ number, product: productCode, valid_from: at(validFrom), valid_until: at(validUntil) },
        ...{ service, granted: textOf(granted), left: textOf(left) },
      })),
    ),
  };
}

const textOf = (quantity: bigint | null): string | null => (quantity === null ? null : String(quantity));

async function ordersOf({ database }: Tools, line: LineKey): Promise<Order[]> {
  const listed = await ordersOfLine(database, line, ORDERS_OF_LINE_MAX);
  return (await Promise.all(listed.map((order) => readOrder(database, order)))).filter((order) => order !== undefined);
}

function orderRow(order: Order, personId: bigint, seesLine: boolean): Row {
  const { orderId, content, state, placedAt, appliedAt } = order;
  const items = content.items.map(({ kind, productCode }) => (kind === 'top_up' ? kind : `${kind} ${productCode}`)).join(' + ');
  // Who else paid, and how, is theirs.
  const paid = order.personId === personId ? { paid_by: 'you', tender: order.tender } : { paid_by: 'another', tender: null };
  const id = formatId('ord', orderId);
  return {
    order: id,
    number: seesLine ? content.number : formatMaskedNumber(content.number),
    items,
    ...moneyCells('total', totalOf(order)),
    state,
    ...paid,
    placed_at: at(placedAt),
    applied_at: at(appliedAt),
  };
}

async function receiptRows({ database }: Tools, order: Order): Promise<Row[]> {
  const papers = await readReceipt(database, order);
  if (isRefusal(papers)) return [];
  const { receipt, creditNotes } = papers;
  const of = formatId('ord', order.orderId);
  return [receipt, ...creditNotes].map(({ kind, documentNumber, issuedAt, content }) => ({
    ...{ document: documentNumber, kind, order: of, issued_at: at(issuedAt) },
    ...moneyCells('total', content.sum.total),
  }));
}
