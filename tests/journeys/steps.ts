/** What guests do again and again, on our pages and on the payment provider's. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { TEST_CARDS } from '#simulators/payment-provider';
import type { Guest } from './guest.ts';
import type { JourneyHouse } from './house.ts';

type Here = Pick<Guest, 'page'>;

/** From the front page to the line's page. */
export async function openLine({ page }: Here, number: string): Promise<void> {
  await page.goto('/');
  await page.locator('#number').fill(number);
  await page.locator('button.main').click();
  await page.waitForURL('**/l/*');
}

/** From the line's page to the review of what a button there offers: 'renew', 'pack:…', 'top_up:…'. */
export async function choose({ page }: Here, item: string): Promise<void> {
  await page.locator(`button[name=item][value="${item}"]`).click();
  await page.waitForURL('**/review/*');
}

/** From the review to the provider's page. */
export async function goToPayment({ page }: Here, options: { readonly method?: string; readonly email?: string } = {}): Promise<void> {
  if (options.method !== undefined) await page.locator(`input[name=method][value="${options.method}"]`).check();
  if (options.email !== undefined) await page.locator('#email').fill(options.email);
  await page.locator('button.main').click();
  await page.waitForURL(isPaymentPage);
}

export const isPaymentPage = (url: URL): boolean => url.pathname.startsWith('/pay/');

/** On the provider's page: pays with a test card by its name, typed as a person does. Stays where that leads. */
export async function useCard({ page }: Here, name: string): Promise<void> {
  const card = TEST_CARDS.find((one) => one.name === name);
  assert.ok(card, `there is a test card "${name}"`);
  await page.locator('input[name=number]').fill(card.number);
  await page.locator('input[name=expires]').fill('12/34');
  await page.locator('input[name=code]').fill('123');
  await page.locator('button.main').click();
}

/** After paying: the order page once everything has happened, the confirmation included. Gives the order's secret. */
export async function waitUntilDone({ page }: Here): Promise<string> {
  await page.waitForURL('**/o/*');
  await page.locator('.stages .done').nth(2).waitFor();
  return secretIn(page);
}

export function secretIn(page: Page): string {
  return new URL(page.url()).pathname.split('/')[2] ?? '';
}

/** All money amounts on the page, as written. */
export async function amounts({ page }: Here, within = 'main'): Promise<string[]> {
  return (await page.locator(within).innerText()).match(/(?:US)?\$[\d,]+\.\d\d/g) ?? [];
}

/** The line as the operator sees it, of which a guest is told next to nothing. */
export type ShownLine = {
  readonly state: { readonly line: { readonly state: string; readonly paidUntil: string | null; readonly planCode: string | null } };
  readonly summary: { readonly data: { readonly left: string | null; readonly speed: string } };
  readonly balance: { readonly currency: string; readonly minor: string };
  readonly orders: readonly { readonly state: string }[];
};

export async function lineOf(house: JourneyHouse, number: string): Promise<ShownLine> {
  const { exitCode, stdout, stderr } = await house.everline('line', 'show', number, '--json');
  assert.equal(exitCode, 0, stderr);
  return JSON.parse(stdout) as ShownLine;
}

/** What went out about an order, newest first: the outbox's texts that hold its link or its receipt's number. */
export async function messagesAbout({ page }: Here, needle: string, channel: 'mail' | 'sms'): Promise<string> {
  const word = channel === 'mail' ? '@' : '+';
  const found = page
    .locator('article')
    .filter({ hasText: needle })
    .filter({ has: page.locator('.who', { hasText: word }) });
  await page.goto('/outbox');
  for (let tries = 0; tries < 50 && (await found.count()) === 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    await page.reload();
  }
  return found.first().innerText();
}
