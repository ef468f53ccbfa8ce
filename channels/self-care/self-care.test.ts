import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LOOK_UP_LIMITS } from '#domain/access';
import { addMember } from '#domain/people';
import { present } from '#platform/assert';
import { DAY_MS, MINUTE_MS } from '#platform/clock';
import { formatNumber } from '#platform/messages';
import { payOnPage } from '#simulators/payment-provider';
import { doorHouse, openPages, pressPay, READER, refused, review, selfCareOf, shown } from '#tests/doors';
import { activeLine, buy, cardNumber, moveNumber, newLine, newPerson, RENEW, runDue, runJanitor, stateOf } from '#tests/house';

test('a guest renews by number alone: price, page, back, in effect, told, receipt [ID-6, PAY-3, FX-1, FX-2]', async (t) => {
  const pages = await openPages(t);
  const { care, clock, ref } = pages;
  const line = shown(await care.readLine(READER, { ref }));
  assert.equal(line.planName, 'Monthly 5 GB');
  assert.ok(line.renewal);
  assert.deepEqual(line.renewal.total, { currency: 'USD', minor: line.renewal.price.minor + line.renewal.tax.minor });
  assert.equal(line.renewal.newEnd, undefined);
  const quote = await review(pages, line.renewal.item);
  assert.deepEqual(quote.total, line.renewal.total);
  assert.equal(quote.methods[0]?.code, 'card');
  const placed = shown(await pressPay(pages, quote));
  assert.ok(placed.next);
  assert.equal(new URL(placed.next).origin, pages.simulator.url);
  const waiting = shown(await care.readOrder(READER, { secret: placed.orderSecret }));
  assert.deepEqual([waiting.state, waiting.paymentPage, waiting.cancellable], ['awaiting_payment', placed.next, true]);
  assert.deepEqual(
    waiting.happened.map(({ key }) => key),
    ['rule.payment_page_closes'],
  );
  clock.advance(40_000);
  assert.equal((await payOnPage(placed.next, { card: cardNumber('good') })).status, 303);
  const done = shown(await care.readOrder(READER, { secret: placed.orderSecret }));
  assert.equal(done.state, 'delivered');
  assert.deepEqual(
    done.stages.map(({ stage, state, ms }) => [stage, state, ms]),
    [
      ['paid', 'done', 40_000],
      ['applied', 'done', 0],
      ['notified', 'running', 0],
      ['confirmed', 'idle', undefined],
    ],
  );
  clock.advance(1_500);
  await pages.settle();
  const told = shown(await care.readOrder(READER, { secret: placed.orderSecret }));
  assert.deepEqual(told.stages[2], { stage: 'notified', state: 'done', ms: 1_500 });
  assert.match(told.method.label ?? '', /Visa.*4242/);
  const receipt = shown(await care.readReceipt(READER, { secret: placed.orderSecret }));
  assert.equal(receipt.receiptNumber, told.receiptNumber);
  assert.deepEqual(receipt.total, quote.total);
  const file = shown(await care.receiptPdf({ ...READER, language: 'zh-Hans' }, { secret: placed.orderSecret }));
  assert.equal(Buffer.from(file.bytes).subarray(0, 5).toString(), '%PDF-');
  assert.deepEqual(pages.troubles, []);
});

test('no answer to a guest holds the number, its end, its balance or its people [ID-6]', async (t) => {
  const pages = await openPages(t);
  const { care, ref, number } = pages;
  const owner = await newPerson(pages, pages.line);
  await addMember(pages.database, { ...pages.line, personId: owner.personId, role: 'owner', at: pages.clock.business() });
  const { paidUntil } = (await stateOf(pages, pages.line)).line;
  const answers: unknown[] = [shown(await care.readLine(READER, { ref }))];
  for (const item of ['renew', 'pack:pack-1gb', 'top_up:2500']) {
    const quote = await review(pages, item);
    const { orderSecret, next } = shown(await pressPay(pages, quote));
    await payOnPage(next ?? '', { card: cardNumber('good') });
    answers.push(
      quote,
      shown(await care.readOrder(READER, { secret: orderSecret })),
      shown(await care.readReceipt(READER, { secret: orderSecret })),
    );
  }
  const { paidUntil: newEnd } = (await stateOf(pages, pages.line)).line;
  const text = JSON.stringify(answers, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  const secrets = [
    number,
    number.slice(2),
    formatNumber(number),
    formatNumber(number, 'national'),
    'Lin',
    'lin@example.com',
    paidUntil?.toISOString(),
    newEnd?.toISOString(),
  ];
  for (const secret of secrets) assert.ok(secret !== undefined && !text.includes(secret), `tells ${secret}`);
});

test('a guest sees the same page for every line on a plan, whatever state it is in [ID-6]', async (t) => {
  const doors = await doorHouse(t);
  const care = selfCareOf(doors);
  const lines = [await activeLine(doors), await activeLine(doors), await newLine(doors)];
  doors.clock.moveBusinessTo(new Date(doors.clock.business().getTime() + 50 * DAY_MS));
  await runDue(doors);
  await buy(doors, present(lines[0], 'the first'), [RENEW]);
  const pages = [];
  const states = [];
  for (const line of lines) {
    const { number, state } = (await stateOf(doors, line)).line;
    states.push(state);
    const { ref } = shown(await care.findLine(READER, { number }));
    const { ref: _, maskedNumber, ...page } = shown(await care.readLine(READER, { ref }));
    assert.match(maskedNumber, /•/);
    pages.push(page);
  }
  assert.deepEqual(states, ['active', 'expired', 'pending']);
  assert.deepEqual(pages[1], pages[0]);
  assert.deepEqual(pages[2], pages[0]);
});

test('numbers that exist and numbers that do not cost the same look-up, and no more than the budget [ID-6]', async (t) => {
  const pages = await openPages(t);
  const { care, number } = pages;
  const asker = { ...READER, source: '2001:db8:7:7::1' };
  assert.equal(refused(await care.findLine(asker, { number: '12' })).code, 'lines.number_invalid');
  for (let asked = 0; asked < LOOK_UP_LIMITS.perSource; asked += 1) {
    const answer = await care.findLine(asker, { number: asked % 2 === 0 ? number : '+12065559999' });
    assert.equal('refused' in answer ? answer.code : 'found', asked % 2 === 0 ? 'found' : 'lines.not_found');
  }
  const answer = refused(await care.findLine({ ...asker, source: '2001:db8:7:7:ffff::2' }, { number }));
  assert.deepEqual([answer.code, answer.status], ['access.too_many_look_ups', 429]);
  assert.ok(!('refused' in (await care.findLine({ ...asker, source: '2001:db8:7:8::1' }, { number }))));
});

test('the address of a line opens for half an hour, and not at all once its number has moved [ID-6]', async (t) => {
  const pages = await openPages(t);
  const { care, clock, ref } = pages;
  assert.ok(ref.length <= 200 && /^[\w-]+$/.test(ref));
  clock.advance(29 * MINUTE_MS);
  shown(await care.readLine(READER, { ref }));
  await moveNumber(pages, pages.line);
  assert.equal(refused(await care.readLine(READER, { ref })).code, 'orders.number_moved');
  clock.advance(MINUTE_MS);
  const old = refused(await care.readLine(READER, { ref }));
  assert.deepEqual([old.code, old.status, old.next], ['self-care.address_expired', 410, { to: 'home' }]);
  for (const wrong of ['', 'x', `${ref}A`])
    assert.equal(refused(await care.quote(READER, { ref: wrong, choices: [] })).code, 'self-care.address_expired');
});

test('a double click orders once; another tab that chose otherwise is led to the order', async (t) => {
  const pages = await openPages(t);
  const quote = await review(pages, 'renew');
  const [one, other] = await Promise.all([pressPay(pages, quote), pressPay(pages, quote)]);
  assert.deepEqual(shown(one).orderSecret, shown(other).orderSecret);
  const second = refused(await pressPay(pages, { ...quote, key: 'another-tab' }, 'me@example.com'));
  assert.deepEqual([second.code, second.next], ['orders.quote_used', { to: 'order', secret: shown(one).orderSecret }]);
  assert.equal(shown(await pages.care.readQuote(READER, { secret: quote.secret })).orderSecret, shown(one).orderSecret);
});

test('the app that was killed and retries the next day with its key finds its order [PAY-5]', async (t) => {
  const pages = await openPages(t);
  const quote = await review(pages, 'renew');
  const placed = shown(await pressPay(pages, quote));
  pages.clock.advance(DAY_MS);
  await runJanitor(pages);
  await runJanitor(pages);
  assert.deepEqual(shown(await pressPay(pages, quote)), { orderSecret: placed.orderSecret });
  const order = shown(await pages.care.readOrder(READER, { secret: placed.orderSecret }));
  assert.deepEqual([order.state, order.methods.length, order.cancellable], ['expired', 0, false]);
});

test('a decline is told with its reason, and the same order is paid another way [PAY-5]', async (t) => {
  const pages = await openPages(t);
  const { care } = pages;
  const { orderSecret: secret, next } = shown(await pressPay(pages, await review(pages, 'pack:pack-1gb')));
  await payOnPage(next ?? '', { card: cardNumber('insufficient_funds') });
  const declined = shown(await care.readOrder(READER, { secret }));
  assert.deepEqual([declined.state, declined.decline], ['declined', 'insufficient_funds']);
  assert.deepEqual(declined.warnings, [], 'how it ended is known');
  assert.equal(refused(await care.payAgain(READER, { secret, key: 'again', method: 'barter' })).field, 'method');
  const again = shown(await care.payAgain(READER, { secret, key: declined.key, method: 'alipay' }));
  assert.deepEqual(shown(await care.payAgain(READER, { secret, key: declined.key, method: 'alipay' })), again);
  await payOnPage(again.next ?? '', { choice: 'alipay', bank: 'approve' });
  const paid = shown(await care.readOrder(READER, { secret }));
  assert.deepEqual([paid.state, paid.method.kind], ['delivered', 'alipay']);
  assert.deepEqual(shown(await care.payAgain(READER, { secret, key: declined.key, method: 'alipay' })), { orderSecret: secret });
  assert.equal(refused(await care.payAgain(READER, { secret, key: 'a third time', method: 'card' })).code, 'orders.not_open');
});

test('an unpaid order is cancelled by who holds its link, once and for all', async (t) => {
  const pages = await openPages(t);
  const { care } = pages;
  const { orderSecret: secret } = shown(await pressPay(pages, await review(pages, 'renew')));
  assert.deepEqual(shown(await care.cancelOrder(READER, { secret, key: 'one' })), { orderSecret: secret });
  assert.deepEqual(shown(await care.cancelOrder(READER, { secret, key: 'two' })), { orderSecret: secret });
  const order = shown(await care.readOrder(READER, { secret }));
  assert.deepEqual([order.state, order.stages.map(({ state }) => state)], ['cancelled', ['failed', 'failed', 'failed', 'failed']]);
  assert.deepEqual(refused(await care.readReceipt(READER, { secret })).next, { to: 'order', secret });
});

test('amounts are read as they are typed, and refused in words with the limits [BUY-2]', async (t) => {
  const { care, ref } = await openPages(t);
  const quote = async (typedAmount: string) => care.quote(READER, { ref, choices: [{ typedAmount }] });
  const { secret } = shown(await quote('$37.50'));
  const view = shown(await care.readQuote(READER, { secret }));
  assert.equal(view.items[0]?.amount.minor, 3750n);
  assert.ok(view.changes.some(({ key, values }) => key === 'web.guest.top_up' && (values['amount'] as { minor: bigint }).minor === 3750n));
  const far = refused(await quote('1000'));
  assert.deepEqual([far.field, far.text.includes('$200.00')], ['amount', true]);
  assert.equal(refused(await quote('ten')).field, 'amount');
  assert.equal(refused(await care.quote(READER, { ref, choices: [{ item: 'plan:free' }] })).code, 'orders.not_on_sale');
});

test('terms, e-mail and ways to pay are checked before anything is ordered [PAY-3]', async (t) => {
  const pages = await openPages(t);
  const quote = await review(pages, 'renew');
  const base = { quoteSecret: quote.secret, key: quote.key, method: 'card', acceptedTerms: quote.termsVersion };
  const { care } = pages;
  assert.equal(refused(await care.place(READER, { ...base, acceptedTerms: 'old' })).field, 'terms');
  assert.equal(refused(await care.place(READER, { ...base, email: 'nobody' })).field, 'email');
  assert.equal(refused(await care.place(READER, { ...base, method: 'balance' })).field, 'method');
  pages.clock.advance(31 * MINUTE_MS);
  const late = refused(await care.place(READER, base));
  assert.deepEqual([late.code, late.next?.to], ['orders.quote_expired', 'line']);
  assert.equal(refused(await care.readQuote(READER, { secret: quote.secret })).code, 'orders.quote_expired');
});

test('a second renewal within ten minutes is warned of before paying [BUY-3]', async (t) => {
  const pages = await openPages(t);
  pages.clock.advance(3 * MINUTE_MS);
  const quote = await review(pages, 'renew');
  assert.deepEqual(
    quote.warnings.map(({ key, values }) => [key, values['minutes']]),
    [['rule.recently_paid', 3]],
  );
});
