/** Brings lines and orders of the demonstration into the states that the album shows, once for all languages. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { choose, goToPayment, type NamedHouse, openLine, runEverline, useCard, waitUntilDone } from '#tests/journeys';

/** Of the demonstration: one line of each ending. */
export const OWNED = {
  'nearly-dry': '+12065550142',
  throttled: '+12065550143',
  stopped: '+12065550144',
  expired: '+12065550145',
  suspended: '+12065550146',
  queued: '+12065550147',
  'pay-as-you-go': '+12065550148',
  healthy: '+12065550149',
  pending: '+12065550151',
} as const;

export type Prepared = {
  readonly guestLine: string;
  readonly reviews: ReadonlyMap<string, { readonly path: string; readonly as?: string }>;
  readonly orders: ReadonlyMap<string, string>;
  readonly lineIds: ReadonlyMap<string, string>;
};

export async function prepareStates(browser: Browser, house: NamedHouse): Promise<Prepared> {
  const guest = await browser.newContext({ baseURL: house.url, locale: 'en-US' });
  const page = await guest.newPage();
  await openLine({ page }, OWNED['nearly-dry']);
  const guestLine = pathOf(page);
  const lineIds = new Map<string, string>();
  for (const number of Object.values(OWNED)) lineIds.set(number, await lineIdOf(browser, house, number));
  const reviews = new Map<string, { readonly path: string; readonly as?: string }>([
    ['renew', { path: await reviewOf(page, OWNED['nearly-dry'], 'renew') }],
    ['pack', { path: await reviewOf(page, OWNED.throttled, 'pack:pack-1gb') }],
    ...(await ownReviews(browser, house, lineIds)),
  ]);
  const orders = new Map([
    ...(await ordersOf(page, house)),
    ['unknown', await unknownOrder(browser, house, lineIds.get(OWNED.healthy) ?? '')] as const,
  ]);
  await guest.close();
  return { guestLine, reviews, orders, lineIds };
}

/** Signed in as the owner of a line, as the demonstration's table offers it. */
export async function ownerContext(
  browser: Browser,
  house: NamedHouse,
  number: string | undefined,
  options: BrowserContextOptions,
): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: house.url, ...options });
  if (number !== undefined)
    await context.addCookies([{ name: 'sign-in', value: house.signIns[number] ?? '', url: house.url, httpOnly: true }]);
  return context;
}

export async function lineIdOf(browser: Browser, house: NamedHouse, number: string): Promise<string> {
  const context = await ownerContext(browser, house, number, { locale: 'en-US' });
  const text = await (await context.request.get('/lines')).text();
  await context.close();
  const links = [...text.matchAll(/href="\/line\/(line_\w+)">([^<]+)</g)];
  return links.find(([, , written = '']) => written.replaceAll(/\s/g, '') === number)?.[1] ?? '';
}

const pathOf = (page: Page): string => new URL(page.url()).pathname;

async function reviewOf(page: Page, number: string, item: string): Promise<string> {
  await openLine({ page }, number);
  await choose({ page }, item);
  return pathOf(page);
}

async function ownReviews(browser: Browser, house: NamedHouse, lineIds: ReadonlyMap<string, string>) {
  const wanted = [
    ['own-renew', OWNED.throttled, '/line', 'renew'],
    ['own-change', OWNED.healthy, '/compare', 'change:month-unlimited'],
    ['own-queue', OWNED['nearly-dry'], '/compare', 'queue:month-5gb'],
    ['own-expired', OWNED.expired, '/line', 'renew'],
    ['own-top-up', OWNED['pay-as-you-go'], '/line', undefined],
  ] as const;
  const reviews: [string, { path: string; as: string }][] = [];
  for (const [name, number, folder, item] of wanted) {
    const context = await ownerContext(browser, house, number, { locale: 'en-US' });
    const page = await context.newPage();
    await page.goto(`${folder}/${lineIds.get(number)}`);
    const buttons = page.locator(item === undefined ? 'button[value^="top_up:"]' : `button[name=item][value="${item}"]`);
    await buttons.first().click();
    await page.waitForURL('**/review/*');
    reviews.push([name, { path: pathOf(page), as: number }]);
    await context.close();
  }
  return reviews;
}

/** One order in each state that lasts, each on a line of its own. */
async function ordersOf(page: Page, house: NamedHouse): Promise<[string, string][]> {
  const pay = async (number: string, card: string | undefined): Promise<void> => {
    await openLine({ page }, number);
    await choose({ page }, 'renew');
    await goToPayment({ page }, { email: 'li@example.com' });
    if (card !== undefined) await useCard({ page }, card);
  };
  const back = async (): Promise<void> => {
    await page.locator('main > p > a').click();
    await page.waitForURL('**/o/*');
  };
  const orders: [string, string][] = [];
  await pay('+12065550101', undefined);
  await back();
  orders.push(['waiting', pathOf(page)]);
  await pay('+12065550102', 'insufficient_funds');
  await page.getByRole('alert').waitFor();
  await back();
  orders.push(['declined', pathOf(page)]);
  await pay('+12065550104', undefined);
  await back();
  await page.locator('form[action$="?/cancel"] button').click();
  await page.locator('form[action$="?/cancel"]').waitFor({ state: 'detached' });
  orders.push(['cancelled', pathOf(page)]);
  for (const [name, number, card] of [
    ['delivered', '+12065550103', 'good'],
    ['refunded', '+12065550105', 'good'],
    ['refunding', '+12065550106', 'refund_pending'],
  ] as const) {
    await pay(number, card);
    await waitUntilDone({ page });
    orders.push([name, pathOf(page)]);
    if (name === 'delivered') continue;
    const { exitCode, stderr } = await runEverline(['order', 'refund', page.url(), '--reason', 'asked'], { EVERLINE_HOME: house.home });
    if (exitCode !== 0) throw new Error(stderr);
  }
  return orders;
}

/** A kept card is charged, and the provider falls silent: the order that nobody can say the end of yet. */
async function unknownOrder(browser: Browser, house: NamedHouse, id: string): Promise<string> {
  const silent = ['POST', 'GET'].map((method) => ({ on: `${method} /v1/payment_intents`, kind: 'error_500_before', times: 10_000 }));
  await fetch(`${house.simulatorUrl}/_simulator/faults`, { method: 'POST', body: JSON.stringify(silent) });
  const context = await ownerContext(browser, house, OWNED.healthy, { locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`/line/${id}`);
  await choose({ page }, 'pack:pack-1gb');
  await page.locator('form:has(input[type=radio]) button.main').click();
  await page.waitForURL('**/o/*');
  const path = pathOf(page);
  await context.close();
  return path;
}
