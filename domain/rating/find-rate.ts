/** Which of a plan's rates a use is charged at. */
import { ANY_ZONE, covers, type Plan, type UsageRate } from '#domain/catalog';
import type { RatedUse } from './rating.ts';

/**
 * Of the rates that hold for the use, the one of the most specific service, then of the zone itself before any, then of the
 * tariff period before the ordinary one. Undefined: the plan has no price for it, so it is not possible without an allowance.
 */
export function rateFor({ rates }: Pick<Plan, 'rates'>, use: RatedUse): UsageRate | undefined {
  let found: UsageRate | undefined;
  for (const rate of rates) {
    if (holds(rate, use) && (found === undefined || isMoreSpecific(rate, found))) found = rate;
  }
  return found;
}

function holds(rate: UsageRate, { service, zone, tariff }: RatedUse): boolean {
  return (
    covers(rate.service, service) && (rate.zone === zone || rate.zone === ANY_ZONE) && (rate.tariff === undefined || rate.tariff === tariff)
  );
}

/** Both hold for one use: the longer service is then a class of the shorter. */
function isMoreSpecific(rate: UsageRate, than: UsageRate): boolean {
  if (rate.service !== than.service) return rate.service.length > than.service.length;
  if (rate.zone !== than.zone) return rate.zone !== ANY_ZONE;
  return rate.tariff !== undefined && than.tariff === undefined;
}
