/**
 * The one demonstration that all journeys of a run happen in: `npm test` starts it once and names it in the environment;
 * a file run by itself starts its own. Every journey has lines of its own, so none sees another's traces.
 */
import { after } from 'node:test';
import { type Ended, runEverline } from './run-everline.ts';
import { NAMED_BY, type NamedHouse, startJourneyHouse } from './start-house.ts';

/** Who uses which line. By the seed: 100–113 are nearly dry, 114–125 throttled; 142–151 one of each state. */
export const LINES_OF = {
  renewing: '+12065550100',
  toppingUp: '+12065550101',
  declined: '+12065550102',
  bankAsks: '+12065550103',
  bankRefuses: '+12065550104',
  withoutScript: '+12065550105',
  doubleClick: '+12065550106',
  twoTabs: '+12065550107',
  goingBack: '+12065550108',
  linkShared: '+12065550109',
  neverBack: '+12065550110',
  wallet: '+12065550111',
  cancelled: '+12065550112',
  commandLine: '+12065550113',
  throttled: '+12065550114',
  refunded: '+12065550115',
  linked: '+12065550116',
  linkedByCard: '+12065550117',
  somebodyElses: '+12065550118',
  chinese: '+12065550142',
  stopped: '+12065550144',
  expired: '+12065550145',
  suspended: '+12065550146',
  payAsYouGo: '+12065550148',
} as const;

export type JourneyHouse = NamedHouse & {
  /** The command line beside it. */
  everline(...words: readonly string[]): Promise<Ended>;
};

let own: ReturnType<typeof startJourneyHouse> | undefined;
after(async () => (await own)?.stop());

/** The run's house, else one of this process, which ends with it. */
export async function journeyHouse(): Promise<JourneyHouse> {
  const given = process.env[NAMED_BY];
  if (given === undefined) own ??= startJourneyHouse();
  const named = own === undefined ? (JSON.parse(given ?? '') as NamedHouse) : (await own).named;
  return { ...named, everline: (...words) => runEverline(words, { EVERLINE_HOME: named.home }) };
}
