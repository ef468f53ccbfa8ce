/** What an operator writes of a market's network: homes, zones, rating groups, destinations, tariff periods. */
import Type, { type Static, type TSchema } from 'typebox';
import { exactly, names, service, tariffCode } from './fields-in-file.ts';
import { WEEKDAYS } from './network.ts';

const placeCode = Type.String({ pattern: '^[a-z0-9-]{1,30}$', description: 'a code of small letters, digits and hyphens, like "europe"' });

function some<Item extends TSchema>(item: Item, minItems: 0 | 1, maxItems: number, of: string) {
  const description = `${minItems === 0 ? 'up to' : 'one to'} ${maxItems} ${of}, each once`;
  return Type.Array(item, { minItems, maxItems, uniqueItems: true, description });
}

const homeNetwork = Type.String({ pattern: '^\\d{5,6}$', description: 'MCC and MNC, like "310260"' });
const visited = Type.String({ pattern: '^\\d{3,6}$', description: 'an MCC like "334", or MCC and MNC like "334020"' });
const prefix = Type.String({ pattern: '^[1-9]\\d{0,14}$', description: 'the digits numbers begin with, without "+", like "52"' });
const freeNumber = Type.String({
  pattern: '^(\\+[1-9]\\d{6,14}|[\\d*#]{2,15})$',
  description: 'a number as it is dialled, like "911", or in full, like "+12065550199"',
});
const time = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$|^24:00$', description: 'a time like "21:00"' });

const zone = exactly({ code: placeCode, names, networks: some(visited, 1, 2000, 'networks') }, 'a zone: code, names, networks');

const ratingGroup = exactly(
  { group: Type.Integer({ minimum: 0, maximum: 4_294_967_295, description: 'a whole number from 0 to 4294967295' }), service },
  'a rating group: group, service',
);

const abroad = exactly({ code: placeCode, names, prefixes: some(prefix, 1, 1000, 'prefixes') }, 'a destination: code, names, prefixes');

const weekday = Type.Enum([...WEEKDAYS], { description: `one of ${WEEKDAYS.join(', ')}` });

const tariffPeriod = exactly(
  {
    code: tariffCode,
    names,
    times: Type.Array(exactly({ days: some(weekday, 1, 7, 'days'), from: time, until: time }, 'times of the week: days, from, until'), {
      minItems: 1,
      maxItems: 50,
      description: 'one to 50 times of the week',
    }),
  },
  'a tariff period: code, names, times',
);

export const network = exactly(
  {
    homeNetworks: some(homeNetwork, 0, 100, 'networks'),
    zones: Type.Optional(some(zone, 0, 100, 'zones')),
    ratingGroups: Type.Optional(some(ratingGroup, 0, 1000, 'rating groups')),
    destinations: Type.Optional(
      exactly(
        {
          national: some(prefix, 0, 100, 'prefixes'),
          free: some(freeNumber, 0, 1000, 'numbers'),
          abroad: some(abroad, 0, 300, 'destinations'),
        },
        'destinations: national, free, abroad',
      ),
    ),
    tariffPeriods: Type.Optional(some(tariffPeriod, 0, 20, 'tariff periods')),
  },
  'the network: homeNetworks, and where wanted zones, ratingGroups, destinations, tariffPeriods',
);

export type NetworkInFile = Static<typeof network>;
export type TariffPeriodInFile = Static<typeof tariffPeriod>;
