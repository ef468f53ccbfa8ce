import type { Catalog, Market } from '#domain/catalog';
import { openAccount } from '#domain/ledger';
import { statement, type Transaction } from '#platform/database';
import { SLOT_COUNT, slotOf } from '#platform/ids';
import type { Language } from '#platform/messages';
import { systemRandom } from '#platform/random';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { LineKey } from './line.ts';
import { readNumber } from './read-line.ts';
import { refuse } from './refusals.ts';

export type NewLine = {
  readonly number: string;
  readonly market: string;
  readonly taxRegion?: string | undefined;
  readonly language?: Language | undefined;
  readonly email?: string | undefined;
  /** The plan a first renewal offers; none is chosen until then. */
  readonly plan?: string | undefined;
  /** An account that is there, for a second line on one balance; else a new one is opened. */
  readonly account?: { readonly slot: number; readonly accountId: bigint } | undefined;
};

type InsertLine = LineKey & {
  number: string;
  market: string;
  taxRegion: string | null;
  language: string;
  email: string | null;
  planCode: string | null;
  planVersion: number | null;
  at: Date;
};
const claimNumber = statement<LineKey & { number: string; at: Date }, { claimCount: bigint }>(import.meta.dirname, 'claim-number');
const insertLine = statement<InsertLine>(import.meta.dirname, 'insert-line');

export type AddLineRefusal = Refusal<'lines.number_invalid' | 'lines.number_taken' | 'lines.market_unknown'>;

/**
 * Adds a pending line: claims the number, opens its account, writes the line. It is activated by its first purchase.
 * Refuses `lines.number_invalid`, `lines.number_taken`, `lines.market_unknown` (market or plan).
 */
export async function addLine(tools: Tools, tx: Transaction, catalog: Catalog, line: NewLine): Promise<LineKey | AddLineRefusal> {
  const at = tools.clock.business();
  const market = catalog.market(line.market, at);
  if (market === undefined) return refuse('lines.market_unknown', { market: line.market, plan: '' });
  const plan = line.plan === undefined ? undefined : catalog.product(line.market, line.plan, at);
  if (line.plan !== undefined && plan?.kind !== 'plan') return refuse('lines.market_unknown', { market: line.market, plan: line.plan });
  const number = readNumber(line.number, line.market);
  if (isRefusal(number)) return number;
  const key = mintLine(tools, line.account);
  const claimed = await tx.maybe(claimNumber, { ...key, number, at });
  if (claimed === undefined) return refuse('lines.number_taken', { number });
  if (line.account === undefined) await openAccount(tx, { ...key, currency: market.currency, at });
  await tx.query(insertLine, {
    ...key,
    ...lineColumns(line, market),
    number,
    planCode: plan?.code ?? null,
    planVersion: plan?.version ?? null,
    at,
  });
  return key;
}

function mintLine(tools: Tools, account: NewLine['account']): LineKey {
  const slot = account?.slot ?? systemRandom.below(Number(SLOT_COUNT));
  const accountId = account?.accountId ?? tools.mintId(slot);
  return { slot: slotOf(accountId), accountId, lineId: tools.mintId(slot) };
}

function lineColumns(line: NewLine, market: Market) {
  return {
    market: line.market,
    taxRegion: line.taxRegion ?? null,
    language: line.language ?? market.languages[0] ?? 'en',
    email: line.email ?? null,
  };
}
