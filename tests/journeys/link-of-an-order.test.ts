import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skipReason } from '#tests/browser';
import { guest, guestIn } from './guest.ts';
import { LINES_OF } from './house.ts';
import { choose, goToPayment, openLine, useCard, waitUntilDone } from './steps.ts';

test('an order’s link opened by somebody else shows that order and nothing else: no number, no payer, no other order [ID-6]', {
  skip: skipReason,
}, async (t) => {
  const payer = await guest(t);
  await openLine(payer, LINES_OF.linkShared);
  await choose(payer, 'pack:pack-1gb');
  await goToPayment(payer, { email: 'secret-payer@example.org' });
  await useCard(payer, 'good');
  const secret = await waitUntilDone(payer);
  const other = await guestIn(payer.house, payer.browser, { locale: 'es-ES' });
  for (const path of [`/o/${secret}`, `/o/${secret}/receipt`]) {
    const answer = await other.page.goto(path);
    assert.equal(answer?.status(), 200);
    assert.match(answer?.headers()['cache-control'] ?? '', /no-store/);
    assert.match(answer?.headers()['x-robots-tag'] ?? '', /noindex/);
    const seen = await other.page.content();
    assert.match(seen, /\+1 206 ••• ••09/);
    assert.doesNotMatch(seen, /5550109|555 0109|secret-payer|2065550109/);
    assert.doesNotMatch(seen, /wang|owner-/);
    await other.look();
  }
  const changed = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
  assert.equal((await other.page.goto(`/o/${changed}`))?.status(), 404, 'an address that is nearly right opens nothing');
});
