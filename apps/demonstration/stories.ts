/**
 * Who lives on the demonstration: about 300 lines, each with a story of three months. Made from a seed, so that every
 * demonstration is the same brand; the stories are lived through the house's own use cases (`live-line.ts`).
 */

import type { Language } from '#platform/messages';
import { type Random, seededRandom } from '#platform/random';

export type Ending =
  | 'healthy'
  | 'nearly_dry'
  | 'throttled'
  | 'stopped'
  | 'expired'
  | 'suspended'
  | 'parked'
  | 'queued'
  | 'pay_as_you_go'
  | 'pending'
  /** Several lines on one account, with data that all of them share. */
  | 'family'
  | 'roaming';

export type Story = {
  readonly number: string;
  readonly market: 'US' | 'JP' | 'KW';
  readonly postcode: string | undefined;
  readonly language: Language;
  readonly plan: string;
  readonly ending: Ending;
  /** Days ago at which it was bought. */
  readonly sinceDays: number;
  /** Into how many minutes of the day it was bought: no two lines end together. */
  readonly minuteOfDay: number;
  /** Percent of each period's data that is used. */
  readonly usePercent: number;
  /** Lines with the same owner are on one person and one account. */
  readonly owner: string | undefined;
  readonly seed: number;
};

const SEED = 20_261_121;
const AREAS = ['206', '212', '415'];
const POSTCODES = ['98101', '10001', '94103', '98052', '11201', '90012'];
const LANGUAGES: readonly Language[] = ['en', 'zh-Hans', 'zh-Hans', 'es', 'zh-Hant', 'en'];

/** How many lines end how; the rest is healthy. */
const ENDINGS: readonly (readonly [Ending, number])[] = [
  ['nearly_dry', 14],
  ['throttled', 12],
  ['stopped', 8],
  ['expired', 10],
  ['suspended', 6],
  ['parked', 3],
  ['queued', 8],
  ['pay_as_you_go', 8],
  ['pending', 4],
];

/** The ones people are invited to try: one of each ending, owned, in the first numbers of the range. */
const FEATURED: readonly (readonly [string, Ending, Language])[] = [
  ['+12065550142', 'nearly_dry', 'zh-Hans'],
  ['+12065550143', 'throttled', 'zh-Hans'],
  ['+12065550144', 'stopped', 'en'],
  ['+12065550145', 'expired', 'es'],
  ['+12065550146', 'suspended', 'en'],
  ['+12065550147', 'queued', 'zh-Hant'],
  ['+12065550148', 'pay_as_you_go', 'en'],
  ['+12065550149', 'healthy', 'zh-Hans'],
  ['+12065550150', 'healthy', 'zh-Hans'],
  ['+12065550151', 'pending', 'en'],
];

/** Came later than the rest, with a chance of their own, so that nobody else's story changes. */
const FEATURED_LATER: typeof FEATURED = [
  ['+12065550152', 'roaming', 'zh-Hans'],
  ['+12065550153', 'family', 'zh-Hans'],
  ['+12065550154', 'family', 'zh-Hans'],
];
/** The first one's account is the family's; the others join it when all have come of age. */
export const FAMILY = ['+12065550153', '+12065550154'] as const;
/** Where the line abroad is: a network in France. */
export const VISITED_NETWORK = '20801';

export const FEATURED_NUMBERS: readonly { readonly number: string; readonly ending: Ending }[] = [...FEATURED, ...FEATURED_LATER].map(
  ([number, ending]) => ({ number, ending }),
);

/** Of the SIM that is in the demonstration's line. */
export function imsiOf(number: string): string {
  return `310260${number.replace(/\D/g, '').padStart(12, '0').slice(-9)}`;
}

export function tellStories(): Story[] {
  const random = seededRandom(SEED);
  const featured = FEATURED.map(([number, ending, language], index) => ({
    ...story(random, number, ending, index),
    language,
    // Two lines of one family, and one owner for each of the rest.
    owner: number === '+12065550150' ? 'owner-7' : `owner-${index}`,
  }));
  const later = seededRandom(SEED + 1);
  const featuredLater = FEATURED_LATER.map(([number, ending, language], index) => ({
    ...story(later, number, ending, index),
    language,
    owner: ending === 'family' ? 'owner-family' : `owner-${FEATURED.length + index}`,
  }));
  const taken = new Set([...FEATURED, ...FEATURED_LATER].map(([number]) => number));
  const numbers = usNumbers().filter((number) => !taken.has(number));
  const endings = ENDINGS.flatMap(([ending, count]) => Array.from({ length: count }, () => ending));
  const others = numbers.map((number, index) => {
    const one = story(random, number, endings[index] ?? 'healthy', index);
    // Every twelfth line shares its owner with the one before: several lines on one person.
    return { ...one, owner: index % 12 < 2 ? `family-${Math.floor(index / 12)}` : undefined };
  });
  return [...featured, ...featuredLater, ...others, ...abroad(random)];
}

function usNumbers(): string[] {
  return AREAS.flatMap((area) => Array.from({ length: 92 }, (_, index) => `+1${area}5550${100 + index}`));
}

function abroad(random: Random): Story[] {
  const japan = Array.from({ length: 12 }, (_, index) => ({
    ...story(random, `+8170555501${10 + index}`, 'healthy', index),
    market: 'JP' as const,
    postcode: '1500001',
  }));
  const kuwait = Array.from({ length: 6 }, (_, index) => ({
    ...story(random, `+965555501${10 + index}`, 'healthy', index),
    market: 'KW' as const,
    postcode: undefined,
  }));
  return [...japan, ...kuwait].map((one) => ({ ...one, plan: 'month-5gb' }));
}

function story(random: Random, number: string, ending: Ending, index: number): Story {
  return {
    number,
    market: 'US',
    postcode: POSTCODES[index % POSTCODES.length],
    language: LANGUAGES[random.below(LANGUAGES.length)] ?? 'en',
    plan: planFor(ending, random),
    ending,
    sinceDays: 75 + random.below(15),
    minuteOfDay: random.below(24 * 60),
    usePercent: 55 + random.below(35),
    owner: undefined,
    seed: random.below(2 ** 31),
  };
}

function planFor(ending: Ending, random: Random): string {
  if (ending === 'pay_as_you_go') return 'payg';
  if (ending === 'stopped') return 'day-1gb';
  if (ending !== 'healthy') return 'month-5gb';
  const pick = random.below(10);
  return pick < 2 ? 'month-unlimited' : pick === 2 ? 'year-60gb' : 'month-5gb';
}
