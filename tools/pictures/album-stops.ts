/** Where the album stops: every page of self-care, in every state that it has. */
import type { BrowserContext, Page } from 'playwright-core';
import { codeFor } from '#tests/journeys';
import { OWNED, type Prepared } from './prepare-states.ts';

export type Visit = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Makes addresses that nobody has used yet. */
  readonly language: string;
  /** Takes a picture of the page as it is now. */
  readonly take: (name: string) => Promise<void>;
};

export type Stop = {
  readonly name: string;
  readonly path: string;
  /** Signed in as the owner of the line with this number; else as nobody. */
  readonly as?: string;
  /** Also in the dark and in the other languages. */
  readonly more?: boolean;
  /** What is done on the page; takes its own pictures. Without it, the page is taken as it comes. */
  readonly walk?: (visit: Visit) => Promise<void>;
};

const MORE = new Set(['nearly-dry', 'throttled', 'expired']);

/** In which order: what changes a line comes after what shows it. */
export function albumStops({ guestLine, reviews, orders, lineIds }: Prepared): Stop[] {
  const lines = Object.entries(OWNED);
  const idOf = (number: string) => lineIds.get(number) ?? '';
  const { queued, throttled, healthy, stopped } = OWNED;
  return [
    { name: 'home', path: '/', more: true },
    { name: 'home-refused', path: '/', walk: refusedNumber },
    { name: 'guest-line', path: guestLine, more: true },
    { name: 'guest-help', path: guestLine.replace('/l/', '/help/') },
    { name: 'guest-amount-refused', path: guestLine, walk: refusedAmount },
    { name: 'guest-compare', path: '/compare/US' },
    ...[...reviews].map(([name, { path, as }]) => ({
      name: `review-${name}`,
      path,
      ...(as === undefined ? {} : { as }),
      more: name === 'renew',
    })),
    ...[...orders].map(([name, path]) => ({ name: `order-${name}`, path, more: name === 'delivered' || name === 'declined' })),
    { name: 'receipt', path: `${orders.get('delivered')}/receipt`, more: true },
    { name: 'receipt-refunded', path: `${orders.get('refunded')}/receipt` },
    ...lines.map(([name, number]) => ({ name: `line-${name}`, path: `/line/${idOf(number)}`, as: number, more: MORE.has(name) })),
    ...lines.map(([name, number]) => ({ name: `help-${name}`, path: `/help/${idOf(number)}`, as: number })),
    { name: 'use-none', path: `/line/${idOf(queued)}/use`, as: queued },
    { name: 'orders', path: `/line/${idOf(queued)}/orders`, as: queued },
    { name: 'orders-none', path: `/line/${idOf(OWNED.pending)}/orders`, as: OWNED.pending },
    { name: 'statements', path: `/line/${idOf(queued)}/statements`, as: queued },
    { name: 'statements-pay-as-you-go', path: `/line/${idOf(OWNED['pay-as-you-go'])}/statements`, as: OWNED['pay-as-you-go'] },
    { name: 'compare', path: `/compare/${idOf(queued)}`, as: queued, more: true },
    { name: 'compare-throttled', path: `/compare/${idOf(throttled)}`, as: throttled },
    { name: 'lines', path: '/lines', as: healthy },
    { name: 'export', path: '/export', as: queued },
    { name: 'link', path: '/link', as: healthy },
    { name: 'settings', path: '/settings', as: queued, more: true },
    { name: 'security', path: '/security', as: queued },
    { name: 'security-prove', path: '/security/prove?next=/security', as: queued },
    { name: 'security-contact', path: '/security/contact?kind=email', as: queued },
    { name: 'security-password', path: '/security/password', as: queued },
    { name: 'sign-in', path: '/sign-in', walk: signIn },
    { name: 'reset', path: '/reset', walk: reset },
    { name: 'sign-up', path: '/sign-up', walk: signUp },
    { name: 'line-amount-refused', path: `/line/${idOf(stopped)}`, as: stopped, walk: refusedAmount },
    { name: 'terms', path: '/terms' },
    { name: 'privacy', path: '/privacy' },
    { name: 'problem-not-found', path: '/nowhere' },
    { name: 'problem-line', path: '/l/made-up' },
    { name: 'problem-order', path: '/o/made-up' },
    { name: 'problem-not-signed-in', path: `/line/${idOf(queued)}` },
    { name: 'problem-other-owner', path: `/line/${idOf(queued)}`, as: healthy },
    { name: 'outbox', path: '/outbox' },
    { name: 'clock', path: '/clock' },
  ];
}

/** Once the clock was moved on: what nobody paid for is parked, then lost. */
export function lateStops(name: 'parked' | 'lost', id: string): Stop[] {
  const as = OWNED.suspended;
  return [
    { name: `line-${name}`, path: `/line/${id}`, as, more: true },
    { name: `help-${name}`, path: `/help/${id}`, as },
    { name: `lines-${name}`, path: '/lines', as },
  ];
}

async function refusedNumber({ page, take }: Visit): Promise<void> {
  await page.locator('#number').fill('+1 206 555 0199');
  await page.locator('button.main').click();
  await page.getByRole('alert').waitFor();
  await take('home-refused');
}

async function refusedAmount({ page, take }: Visit): Promise<void> {
  await page.locator('#amount').fill('3');
  await page.locator('form:has(#amount) button').click();
  await page.getByRole('alert').waitFor();
  await take(page.url().includes('/l/') ? 'guest-amount-refused' : 'line-amount-refused');
}

async function signIn({ page, take }: Visit): Promise<void> {
  await take('sign-in');
  await page.locator('#name').fill('nobody@example.org');
  await page.locator('#password').fill('not the password');
  await page.locator('button.main').first().click();
  await page.getByRole('alert').waitFor();
  await take('sign-in-refused');
}

async function reset({ page, take }: Visit): Promise<void> {
  await take('reset');
  await page.locator('#contact').fill('nobody@example.org');
  await page.locator('button.main').click();
  await page.waitForURL('**/reset/code');
  await take('reset-code');
}

/** From nothing to a page of lines that is empty, and to a line that is linked. */
async function signUp({ page, context, language, take }: Visit): Promise<void> {
  const email = `album-${language.toLowerCase()}@example.org`;
  await take('sign-up');
  await page.locator('#contact').fill(email);
  await page.locator('button.main').click();
  await page.waitForURL('**/sign-in/code');
  await take('sign-in-code');
  await page.locator('#code').fill(await codeFor({ context }, email));
  await page.locator('button.main').click();
  await page.waitForURL('**/sign-up/finish');
  await take('sign-up-finish');
  await page.locator('#terms').check();
  await page.locator('button.main').click();
  await page.waitForURL('**/lines');
  await take('lines-none');
  await page.goto('/link');
  await take('link-none');
  await page.goto('/security');
  await take('security-new');
}
