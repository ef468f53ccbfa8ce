/** What the network charged a line, each explained, page by page (SEE-2): for who may see its use, which whoever only pays may not. */
import type { Asker, ChargesView, RefusalView } from '#channels/web';
import { type ChargePlace, pageOfCharges } from '#domain/charging';
import { DAY_MS } from '#platform/clock';
import type { Desk } from '../desk.ts';
import { explainCharge } from './explain-charge.ts';
import { isNone, ofLine, openOwnLine, whenJoined } from './own-line.ts';
import { showKinds } from './show-kinds.ts';

/** A page of at most 14 KB holds them. */
const REQUESTS_A_PAGE = 20;
/** How far back pages go: three months of the plan. */
const LISTED_MS = 92 * DAY_MS;

type Request = { readonly id: string; readonly from?: string };

export async function listCharges(desk: Desk, asker: Asker, { id, from }: Request): Promise<ChargesView | RefusalView> {
  const line = await openOwnLine(desk, asker, id, 'see_use');
  if (isNone(line)) return line;
  const { slot, accountId, lineId } = line.key;
  const { house } = desk;
  const place = readPlace(from) ?? { until: line.now, skip: 0 };
  const after = new Date(line.now.getTime() - LISTED_MS);
  const asked = { slot, accountId, lineId, after, ...place, limitRows: REQUESTS_A_PAGE };
  const terms = { catalog: house.catalog(), market: line.market, language: asker.language };
  const [{ charges, next }, joined, kinds] = await Promise.all([
    pageOfCharges(house.database, asked),
    whenJoined(desk, line),
    from === undefined ? showKinds(desk, line, terms) : undefined,
  ]);
  return {
    ...{ ...ofLine(id, line), ...joined },
    charges: charges.map((charge) => explainCharge(terms, charge)),
    isFirst: from === undefined,
    ...(next === undefined ? {} : { older: writePlace(next) }),
    ...(kinds === undefined ? {} : { kinds }),
  };
}

/** "1793638801200.2": milliseconds, and how many of that very instant were shown. */
function writePlace({ until, skip }: ChargePlace): string {
  return `${until.getTime()}.${skip}`;
}

/** Whatever else stands in an address is the first page. */
function readPlace(text = ''): ChargePlace | undefined {
  const [, ms, skip] = /^(\d{1,14})\.(\d{1,6})$/.exec(text) ?? [];
  return ms === undefined ? undefined : { until: new Date(Number(ms)), skip: Number(skip) };
}
