import { assert } from '#platform/assert';
import { payOnPage, TEST_CARDS } from '#simulators/payment-provider';

/** What the demonstration's customers do on the provider's page: pay with a good card, and come back. */
export async function payAtPage(url: string): Promise<void> {
  const card = TEST_CARDS.find((one) => one.name === 'good');
  const paid = await payOnPage(url, { card: card?.number ?? '' });
  assert(paid.status === 303, `the demonstration's card is good (the page answered ${paid.status})`);
}
