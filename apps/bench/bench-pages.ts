/**
 * What self-care costs somebody on a throttled line (experience.md): octets of each page counted at the socket, and seconds in
 * Chromium on an emulated line of 64 kbit/s with 300 ms round trips, on a demonstration of its own.
 */
import { findNumber } from '#domain/lines';
import { issueSignInLink, ownerOf } from '#domain/people';
import { present } from '#platform/assert';
import type { Config } from '#platform/config';
import { formatId } from '#platform/ids';
import { isRefusal } from '#platform/refusals';
import { FEATURED_NUMBERS } from '../demonstration/index.ts';
import { ROLES, type RunningEverline, startEverline } from '../start/index.ts';
import { exchange, measurePage, type PageSize, type Visitor } from './count-octets.ts';
import { findBrowser, openSlowBrowser, type SlowBrowser } from './slow-browser.ts';

export type PagesBench = {
  readonly pages: readonly PageSize[];
  readonly bytes_max: number;
  /** null without a browser: `browser` says why. */
  readonly seconds_to_balance: number | null;
  readonly seconds_to_renewal: number | null;
  /** Line, choice, review, payment by a kept method, order page; both directions. */
  readonly flow_bytes: number;
  readonly browser: string;
};

const LINE = { kbps: 64, latencyMs: 300 };
/** The browser's emulation delays answers and not the making of a connection: TCP and TLS 1.3 take a round trip each. */
const CONNECTION_MS = 2 * LINE.latencyMs;
const MEASURED = 'throttled';
const HOUR_MS = 3_600_000;

export async function benchPages(home: string, print: (line: string) => void): Promise<PagesBench> {
  const config: Config = {
    home,
    port: 0,
    diameter: { port: 0, originHost: 'ocs.everline.localdomain', originRealm: 'everline.localdomain' },
    nchf: { port: 0, host: '127.0.0.1', tls: undefined },
    nrf: undefined,
    databaseUrl: undefined,
    publicUrl: undefined,
    traffic: false,
    emergency: undefined,
    metricsFrom: [],
    trustedProxies: [],
    mail: undefined,
    stripe: undefined,
  };
  const running = await startEverline({ config, roles: ROLES, print, linesMax: FEATURED_NUMBERS.length });
  try {
    const { visitor, lineId, number } = await signInOwner(running);
    const flow = await renew(visitor, lineId);
    const pages: PageSize[] = [];
    for (const path of await pathsOf(visitor, { lineId, number }, flow)) pages.push(unnamed(await measurePage(visitor, path)));
    return {
      pages,
      bytes_max: Math.max(...pages.map(({ bytes }) => bytes)),
      flow_bytes: flow.bytes,
      ...(await timeIt(home, visitor, lineId, print)),
    };
  } finally {
    await running.stop();
  }
}

async function signInOwner({ opened, publicUrl }: RunningEverline): Promise<{ visitor: Visitor; lineId: string; number: string }> {
  const { tools } = opened.house;
  const { number } = present(
    FEATURED_NUMBERS.find(({ ending }) => ending === MEASURED),
    'the demonstration has a throttled line',
  );
  const claim = await findNumber(tools.database, number);
  if (isRefusal(claim)) throw new Error('the demonstration’s line is not there');
  const personId = present(await ownerOf(tools.database, claim), 'it has an owner');
  const answer = await fetch(`${publicUrl}/api/v1/sign-ins`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: await issueSignInLink(tools, personId, HOUR_MS) }),
  });
  const { secret } = (await answer.json()) as { secret: string };
  return { visitor: { origin: publicUrl, signIn: secret }, lineId: formatId('line', claim.lineId), number };
}

type Flow = { readonly bytes: number; readonly review: string; readonly order: string };

/** As a browser without scripts does it: see, choose, confirm. */
async function renew(visitor: Visitor, lineId: string): Promise<Flow> {
  const line = await exchange(visitor, `/line/${lineId}`);
  const chosen = await exchange(visitor, `/line/${lineId}`, new URLSearchParams({ item: 'renew' }));
  const review = present(chosen.location, 'a choice leads to its review');
  const reviewed = await exchange(visitor, review);
  const fieldOf = (name: string) => new RegExp(`name="${name}"[^>]*value="([^"]+)"`).exec(reviewed.html)?.[1] ?? '';
  const method = /value="(mth_\w+)"/.exec(reviewed.html)?.[1] ?? '';
  const confirmed = await exchange(visitor, review, new URLSearchParams({ key: fieldOf('key'), terms: fieldOf('terms'), method }));
  const order = present(confirmed.location, 'a kept method leads to the order');
  const done = await exchange(visitor, order);
  const bytes = [line, chosen, reviewed, confirmed, done].reduce((sum, { sent, received }) => sum + sent + received, 0);
  return { bytes, review, order };
}

/** Ids and secrets are of one demonstration: a report names the kind of page. */
function unnamed({ path, ...size }: PageSize): PageSize {
  return { path: path.replace(/line_\w+/, '<id>').replace(/^\/(l|review|o)\/[^/]+/, '/$1/<secret>'), ...size };
}

async function pathsOf(
  visitor: Visitor,
  { lineId, number }: { readonly lineId: string; readonly number: string },
  { review, order }: Flow,
): Promise<string[]> {
  const ownPages = ['', '/orders', '/statements'].map((page) => `/line/${lineId}${page}`);
  const { location: guests } = await exchange(visitor, '/', new URLSearchParams({ number }));
  return [
    ...['/', '/lines', ...ownPages, `/compare/${lineId}`, '/compare/US', `/help/${lineId}`, '/export'],
    ...[present(guests, 'a number leads to its page'), review, order, `${order}/receipt`, '/terms', '/privacy'],
  ];
}

type Times = Pick<PagesBench, 'seconds_to_balance' | 'seconds_to_renewal' | 'browser'>;

async function timeIt(home: string, visitor: Visitor, lineId: string, print: (line: string) => void): Promise<Times> {
  const program = findBrowser(process.env);
  if (program === undefined)
    return { seconds_to_balance: null, seconds_to_renewal: null, browser: 'there is no Chromium on this machine: name one in CHROMIUM' };
  print(`Measuring in ${program} at ${LINE.kbps} kbit/s with ${LINE.latencyMs} ms round trips.`);
  const browser = await openSlowBrowser(program, home, LINE);
  try {
    return { ...(await renewInBrowser(browser, visitor, lineId)), browser: program };
  } finally {
    browser.close();
  }
}

async function renewInBrowser(browser: SlowBrowser, { origin, signIn }: Visitor, lineId: string) {
  await browser.call('Network.setCookie', { name: 'sign-in', value: signIn, url: origin });
  const began = performance.now();
  await browser.follow(() => browser.call('Page.navigate', { url: `${origin}/line/${lineId}` }));
  const painted = Number(await browser.value(PAINTED));
  const click = (button: string) => browser.follow(() => browser.value(`document.querySelector(${JSON.stringify(button)}).click()`));
  await click('button.main');
  await click('form:has(input[type=radio]) button.main');
  await browser.value(PAINTED);
  const ended = performance.now();
  return { seconds_to_balance: secondsOf(painted + CONNECTION_MS), seconds_to_renewal: secondsOf(ended - began + CONNECTION_MS) };
}

/** When the first words of the page were there, in milliseconds since it was asked for. */
const PAINTED = `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true }))`;

const secondsOf = (ms: number): number => Math.round(ms / 10) / 100;
