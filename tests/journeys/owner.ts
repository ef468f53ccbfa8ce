/** Somebody signed in who looks at a line of their own, in a demonstration that no other journey touches. */
import { after } from 'node:test';
import { openBrowser } from '#tests/browser';
import { type Guest, type GuestOptions, guestIn } from './guest.ts';
import type { JourneyHouse } from './house.ts';
import { runEverline } from './run-everline.ts';
import { startJourneyHouse } from './start-house.ts';

let started: ReturnType<typeof startJourneyHouse> | undefined;
after(async () => (await started)?.stop());

/** Of this file alone: its journeys move the clock. */
async function ownHouse(): Promise<JourneyHouse> {
  started ??= startJourneyHouse();
  const { named } = await started;
  return { ...named, everline: (...words) => runEverline(words, { EVERLINE_HOME: named.home }) };
}

export type Owner = Guest & {
  /** The line's part of an address: "line_…". */
  readonly id: string;
};

/** The owner of the line with this number, signed in, on no page yet. */
export async function owner(t: { after(end: () => Promise<void>): void }, number: string, options: GuestOptions = {}): Promise<Owner> {
  const [house, browser] = await Promise.all([ownHouse(), openBrowser(t)]);
  const somebody = await guestIn(house, browser, options);
  await somebody.context.addCookies([{ name: 'sign-in', value: house.signIns[number] ?? '', url: house.url, httpOnly: true }]);
  const answer = await somebody.context.request.get('/lines');
  const links = [...(await answer.text()).matchAll(/href="\/line\/(line_\w+)">([^<]+)</g)];
  const id = links.find(([, , text = '']) => text.replaceAll(/\s/g, '') === number)?.[1];
  if (id === undefined) throw new Error(`${number} is not among ${links.map(([, , text]) => text).join(', ')}`);
  return { ...somebody, id };
}
