/** How much a line used of each app and service, today and within a week (SEE-2), as far as its network tells them apart. */
import type { KindsView, SentenceView } from '#channels/web';
import { localDay } from '#domain/allowances';
import { unitOf } from '#domain/catalog';
import { type UsedDay, usedByDay } from '#domain/charging';
import { DAY_MS } from '#platform/clock';
import type { Desk } from '../desk.ts';
import { sayUse, type Terms } from './explain-charge.ts';
import type { OwnLine } from './own-line.ts';

const DAYS = 7;
/** What people look for first. */
const UNITS = ['octet', 'second', 'message'] as const;

export async function showKinds({ house }: Desk, { key, market, now }: OwnLine, terms: Terms): Promise<KindsView> {
  const { slot, accountId, lineId } = key;
  const dayOf = localDay(market.zone);
  const first = dayOf(new Date(now.getTime() - (DAYS - 1) * DAY_MS));
  const [from, until] = [new Date(now.getTime() - DAYS * DAY_MS), new Date(now.getTime() + 1)];
  const used = await usedByDay(house.database, { slot, accountId, lineId, from, until, timeZone: market.zone });
  const week = used.filter(({ day }) => day >= first);
  return {
    today: sayKinds(
      week.filter(({ day }) => day === dayOf(now)),
      terms,
    ),
    week: sayKinds(week, terms),
  };
}

function sayKinds(days: readonly UsedDay[], terms: Terms): SentenceView[] {
  const sums = [...Map.groupBy(days, ({ service }) => service)].map(([service, of]) => ({
    service,
    used: of.reduce((sum, { quantity }) => sum + quantity, 0n),
  }));
  const rank = ({ service }: Pick<UsedDay, 'service'>) => UNITS.indexOf(unitOf(service));
  return sums.sort((one, other) => rank(one) - rank(other) || Number(other.used - one.used)).map((one) => sayUse(terms, one));
}
