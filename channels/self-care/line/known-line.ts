/** What the reader may know of a line beside its price: everything for whoever may see it, nothing for a guest (ID-6). */
import type { Asker } from '#channels/web';
import { requireAccess } from '#domain/access';
import { available, readAccount } from '#domain/ledger';
import { type LineKey, readAdvanced } from '#domain/lines';
import type { KnownLine } from '#domain/orders';
import { type Desk, personOf } from '../desk.ts';
import { lineIdOf } from './own-line.ts';

/** The line's own page, for whoever may see it. */
export async function ownLineId(desk: Desk, asker: Asker, line: LineKey): Promise<{ readonly lineId?: string }> {
  return (await sees(desk, asker, line)) ? { lineId: lineIdOf(line) } : {};
}

async function sees(desk: Desk, asker: Asker, line: LineKey): Promise<boolean> {
  if (asker.signIn === undefined) return false;
  return (await requireAccess(desk.house.database, personOf(desk, asker), ['see_line'], line)) === undefined;
}

export async function knownLine(desk: Desk, asker: Asker, line: LineKey): Promise<KnownLine | undefined> {
  const { house } = desk;
  if (!(await sees(desk, asker, line))) return undefined;
  const [{ state }, account] = await Promise.all([
    readAdvanced(house.database, house.catalog(), line, house.clock.business()),
    readAccount(house.database, line),
  ]);
  return { state, balance: available(account) };
}
