/** A market's network in an operator file. What one field says of another is checked here: nothing is named twice. */
import { ANY_ZONE, HOME_ZONE, type Network, OTHER_ZONE } from './network.ts';
import type { NetworkInFile } from './network-in-file.ts';
import type { Problems } from './problems.ts';
import type { Service } from './product.ts';
import { readTariffPeriods } from './read-tariff-periods.ts';

const NOWHERE: Network['destinations'] = { national: [], free: [], abroad: [] };

export function readNetwork(problems: Problems, file: NetworkInFile, path: string): Network {
  const { homeNetworks, zones = [], ratingGroups = [], destinations = NOWHERE, tariffPeriods = [] } = file;
  const codesOf = (named: readonly { readonly code: string }[]) => named.map(({ code }) => code);
  const namedOnce: [place: string, what: string, values: readonly (string | number)[]][] = [
    ['zones', 'code of a zone', [ANY_ZONE, HOME_ZONE, OTHER_ZONE, ...codesOf(zones)]],
    ['zones', 'network', [...homeNetworks, ...zones.flatMap(({ networks }) => networks)]],
    ['ratingGroups', 'group', ratingGroups.map(({ group }) => group)],
    ['destinations.abroad', 'code of a destination', codesOf(destinations.abroad)],
    ['destinations', 'prefix', [...destinations.national, ...destinations.abroad.flatMap(({ prefixes }) => prefixes)]],
    ['tariffPeriods', 'code of a period', codesOf(tariffPeriods)],
  ];
  for (const [place, what, values] of namedOnce) {
    const again = values.find((value, index) => values.indexOf(value) !== index);
    if (again !== undefined) problems.add(`${path}.${place}`, `each ${what} once, not ${again} again`);
  }
  const foreign = ratingGroups.findIndex(({ service }) => !/^data(\.|$)/.test(service));
  if (foreign >= 0) problems.add(`${path}.ratingGroups[${foreign}].service`, '"data", or a class like "data.video"');
  return {
    homeNetworks,
    zones,
    ratingGroups: ratingGroups.map(({ group, service }) => ({ group, service: service as Service })),
    destinations,
    tariffPeriods: readTariffPeriods(problems, tariffPeriods, `${path}.tariffPeriods`),
  };
}
