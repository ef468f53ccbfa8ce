import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextLineDue, runDueLines } from '#domain/lines';
import { askCode } from '#domain/people';
import { OffsetClock } from '#platform/clock';
import { doorHouse, READER, refused, selfCareOf, shown } from '#tests/doors';
import { activeLine, stateOf } from '#tests/house';
import { createSelfCare } from './index.ts';

test('a demonstration shows its outbox and moves its clock through what falls due; nobody else has either', async (t) => {
  const clock = new OffsetClock();
  const doors = await doorHouse(t, { startAt: clock.transport().toISOString() });
  assert.equal(selfCareOf(doors).demonstration, undefined);
  const line = await activeLine(doors);
  const tools = { ...doors.tools, clock };
  const house = { ...doors.house, clock };
  const due = {
    nextDue: (until: Date) => nextLineDue(doors.database, until),
    async runDue() {
      await runDueLines(tools, doors.cache.latest());
      await doors.settle();
    },
  };
  const { sealer, watch, renderReceipt, cache: catalog } = doors;
  const { demonstration } = createSelfCare({
    house,
    catalog,
    sealer,
    watch,
    renderReceipt,
    paymentOrigins: [],
    publicUrl: 'https://northwind.example',
    demonstration: { due, clock },
  });
  assert.ok(demonstration);
  assert.deepEqual(
    (await demonstration.tryNumbers('en')).map(({ text }) => text),
    ['In service'],
  );
  const before = await demonstration.clock(READER);
  assert.match(before.due[0]?.text ?? '', /reminded of the end/);
  for (const by of ['', '3d', '-1d', '+0d', '+900d'])
    assert.equal(refused(await demonstration.moveClock(READER, { by })).code, 'self-care.step_unknown');
  const moved = shown(await demonstration.moveClock(READER, { by: '+40d' }));
  assert.ok(moved.happened.length > 0 && moved.business > before.business);
  assert.equal((await stateOf(doors, line)).line.state, 'expired');
  const outbox = await demonstration.outbox(READER, {});
  assert.ok(outbox.messages.some(({ channel }) => channel === 'sms'));
  // Nobody has these phones: a code is read here.
  const contact = { kind: 'email', value: 'lin@example.com', holder: null } as const;
  await askCode({ ...doors.tools, sealer }, { purpose: 'enter', contact, language: 'en', source: 'home' });
  await doors.settle();
  const told = (await demonstration.outbox(READER, {})).messages.find(({ to }) => to === contact.value);
  assert.match(told?.subject ?? '', /^\d{6} is your code to sign in$/);
  assert.equal(told?.text.includes(told.subject?.slice(0, 6) ?? '-'), true);
});
