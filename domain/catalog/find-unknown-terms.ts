/**
 * What a product names of its market's network must be there: an allowance for a zone that does not exist would be paid for and
 * never used. A market without network terms says nothing of zones and destinations, and has no tariff periods.
 */
import type { Market } from './market.ts';
import { ANY_ZONE, HOME_ZONE, OTHER_ZONE } from './network.ts';
import type { AllowancePart, Service, UsageRate } from './product.ts';

type MarketNetwork = Pick<Market, 'network'>;

/** What is expected instead; undefined when the zone and the destination are known. */
export function unknownPlace({ service, zone }: Pick<AllowancePart, 'service' | 'zone'>, { network }: MarketNetwork): string | undefined {
  if (network === undefined) return undefined;
  const zones = [ANY_ZONE, HOME_ZONE, OTHER_ZONE, ...network.zones.map(({ code }) => code)];
  if (!zones.includes(zone)) return `a zone of the market (${zones.join(', ')})`;
  const abroad = network.destinations.abroad.map(({ code }) => code);
  const destination = destinationOf(service);
  return destination === undefined || abroad.includes(destination) ? undefined : `a destination of the market (${abroad.join(', ')})`;
}

/** What is expected instead; undefined when the rate holds always, or in a period there is. */
export function unknownTariff({ tariff }: Pick<UsageRate, 'tariff'>, { network }: MarketNetwork): string | undefined {
  const tariffs = (network?.tariffPeriods ?? []).map(({ code }) => code);
  return tariff === undefined || tariffs.includes(tariff) ? undefined : `a tariff period of the market (${tariffs.join(', ')})`;
}

function destinationOf(service: Service): string | undefined {
  return /^(?:voice|message)_abroad\.(.+)$/.exec(service)?.[1];
}
