/** What people see of the network: journeys in a demonstration whose lines are really used, through the Gy door, by its packet core. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openBrowser, skipReason } from '#tests/browser';
import { type Guest, guestIn } from './guest.ts';
import type { JourneyHouse } from './house.ts';
import { runEverline } from './run-everline.ts';
import { startJourneyHouse } from './start-house.ts';
import { choose, goToPayment, openLine, useCard, waitUntilDone } from './steps.ts';

const NEARLY_DRY = '+12065550142';
const STOPPED = '+12065550144';
const DATA_GROUP = 10;
/** `data.renewal` of the demonstration's markets. */
const PORTAL_GROUP = 90;
const LONGEST_MS = 60_000;

type Phone = {
  readonly number: string;
  readonly phase: string;
  readonly passed: number;
  readonly services: readonly { readonly ratingGroup: number; readonly state: string; readonly redirectedTo: string | null }[];
};
type Core = {
  phone(number: string): Promise<Phone | undefined>;
  tell(verb: string, body: object): Promise<void>;
};

let started: ReturnType<typeof startJourneyHouse> | undefined;
after(async () => (await started)?.stop());

/** Of this file alone: its packet core uses data of the lines all the time. */
async function livingHouse(): Promise<{ house: JourneyHouse; core: Core }> {
  // Of these the last is on the core of 5G, which has no page here.
  started ??= startJourneyHouse({ lines: '4', traffic: true });
  const { named, coreUrl = '' } = await started;
  const house: JourneyHouse = { ...named, everline: (...words) => runEverline(words, { EVERLINE_HOME: named.home }) };
  const core: Core = {
    async phone(number) {
      const state = (await (await fetch(`${coreUrl}/_simulator/state`)).json()) as { sessions: Phone[] };
      return state.sessions.find((session) => session.number === number);
    },
    async tell(verb, body) {
      const headers = { 'content-type': 'application/json' };
      const { status } = await fetch(`${coreUrl}/_simulator/${verb}`, { method: 'POST', headers, body: JSON.stringify(body) });
      assert.equal(status, 200, verb);
    },
  };
  return { house, core };
}

async function until({ phone }: Core, number: string, is: (phone: Phone) => boolean): Promise<Phone> {
  for (const endBy = Date.now() + LONGEST_MS; Date.now() < endBy; ) {
    const now = await phone(number);
    if (now !== undefined && is(now)) return now;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return assert.fail(JSON.stringify(await phone(number)));
}

async function buy(somebody: Guest, number: string, item: string): Promise<void> {
  await openLine(somebody, number);
  await choose(somebody, item);
  await goToPayment(somebody);
  await useCard(somebody, 'good');
  await waitUntilDone(somebody);
}

test('whoever pays while their phone is connected sees the network confirm it, with its seconds; with nothing connected the page says so and stops asking [FX-2]', {
  skip: skipReason,
}, async (t) => {
  const [{ house, core }, browser] = await Promise.all([livingHouse(), openBrowser(t)]);
  await until(core, NEARLY_DRY, ({ passed }) => passed > 0);
  const connected = await guestIn(house, browser);
  await buy(connected, NEARLY_DRY, 'pack:pack-1gb');
  await connected.page.locator('.stages .done').nth(3).waitFor();
  assert.match(await connected.page.locator('.stages li').nth(3).innerText(), /^Network\s+[\d.]+ s after payment$/);
  await connected.look();
  await core.tell('stop', { imsi: NEARLY_DRY });
  await until(core, NEARLY_DRY, ({ phase }) => phase === 'off');
  const alone = await guestIn(house, browser);
  await buy(alone, NEARLY_DRY, 'pack:pack-1gb');
  const network = alone.page.locator('.stages li').nth(3);
  assert.match(await network.innerText(), /no data connection open/);
  await alone.look();
  await alone.page.reload();
  assert.equal(await alone.page.locator('#live[data-moving]').count(), 0);
});

test('the owner of a line sees each use explained while it goes on, on pages of at most 14 KB [SEE-2]', { skip: skipReason }, async (t) => {
  const [{ house, core }, browser] = await Promise.all([livingHouse(), openBrowser(t)]);
  await core.tell('traffic', { imsi: NEARLY_DRY, traffic: { kind: 'steady', kbps: 40_000 } });
  await core.tell('start', { imsi: NEARLY_DRY });
  const passed = (await core.phone(NEARLY_DRY))?.passed ?? 0;
  await until(core, NEARLY_DRY, (phone) => phone.passed > passed + 20_000_000);
  await core.tell('stop', { imsi: NEARLY_DRY });
  await until(core, NEARLY_DRY, ({ phase }) => phase === 'off');
  const owner = await guestIn(house, browser);
  await owner.context.addCookies([{ name: 'sign-in', value: house.signIns[NEARLY_DRY] ?? '', url: house.url, httpOnly: true }]);
  const { page } = owner;
  await page.goto('/lines');
  await page.locator('a[href^="/line/"]', { hasText: '555' }).first().click();
  await page.locator('a[href$="/use"]').click();
  await page.waitForURL('**/use');
  const first = page.locator('.entries li').first();
  assert.match(await first.innerText(), /of data\s+included[\s\S]*from (1 GB pack|Monthly 5 GB)\./);
  await owner.look();
  await page.locator('summary', { hasText: 'Why this size?' }).first().click();
  assert.match(await page.locator('details[open] small').first().innerText(), /^Then the network was given .* more to use\. \S/);
});

test('a line whose data is used up is led to our pages by the network, which let it in for nothing; it pays there, and data is back [LIFE-1] [FX-1] [FX-2]', {
  skip: skipReason,
}, async (t) => {
  const [{ house, core }, browser] = await Promise.all([livingHouse(), openBrowser(t)]);
  const service = ({ services }: Phone, group: number) => services.find(({ ratingGroup }) => ratingGroup === group);
  // It has stopped already when its phone comes: nothing is granted, and it is led all the same.
  await core.tell('traffic', { imsi: STOPPED, traffic: { kind: 'steady', kbps: 1_000 } });
  const led = await until(core, STOPPED, (phone) => service(phone, DATA_GROUP)?.state === 'redirected');
  const page = service(led, DATA_GROUP)?.redirectedTo ?? '';
  assert.equal(page, `${house.url}/`);
  await until(core, STOPPED, (phone) => service(phone, PORTAL_GROUP)?.state === 'granted');
  const somebody = await guestIn(house, browser);
  await somebody.page.goto(page);
  await somebody.page.locator('#number').fill(STOPPED);
  await somebody.page.locator('button.main').click();
  await somebody.page.waitForURL('**/l/*');
  await choose(somebody, 'pack:pack-1gb');
  await goToPayment(somebody);
  await useCard(somebody, 'good');
  await waitUntilDone(somebody);
  const back = await until(core, STOPPED, (phone) => service(phone, DATA_GROUP)?.state === 'granted' && phone.passed > led.passed);
  assert.equal(service(back, DATA_GROUP)?.redirectedTo, null);
  await somebody.page.locator('.stages .done').nth(3).waitFor();
});
