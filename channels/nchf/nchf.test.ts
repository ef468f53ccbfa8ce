/** The Nchf door over a real socket, asked as consumers ask that number their requests, and as free5GC asks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSessionsOfLine } from '#domain/charging';
import { checkInvariants, drainOutbox } from '#tests/house';
import { data, nchfHouse, SMF, UPF, usedIn } from '#tests/nchf';

test('a session begins, reports, is granted more and ends, each request answered once however often it comes (G1) [LIFE-4]', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const first = await post('', data(number, SMF, 0, [{}]));
  assert.equal(first.status, 201);
  const location = String(first.headers.location);
  const granted = first.body.multipleUnitInformation?.[0];
  assert.deepEqual([granted?.resultCode, granted?.uPFID, granted?.ratingGroup], ['SUCCESS', UPF, 10]);
  assert.ok((granted?.grantedUnit?.totalVolume ?? 0) > 0);
  const again = await post('', data(number, SMF, 0, [{}]));
  assert.deepEqual([again.headers.location, again.body.multipleUnitInformation], [location, first.body.multipleUnitInformation]);
  const report = data(number, SMF, 1, [{ used: 4_000_000 }]);
  const updated = await post(`${location}/update`, report);
  assert.deepEqual([updated.status, updated.body.invocationSequenceNumber], [200, 1]);
  const repeated = await post(`${location}/update`, { ...report, retransmissionIndicator: true });
  assert.deepEqual(repeated.body.multipleUnitInformation, updated.body.multipleUnitInformation);
  const ended = data(number, SMF, 2, [{ used: 1_000_000, asks: false }]);
  assert.equal((await post(`${location}/release`, ended)).status, 204);
  assert.equal((await post(`${location}/release`, ended)).status, 204);
  assert.equal(await usedIn(house, line), 5_000_000n);
  const late = await post(`${location}/update`, data(number, SMF, 3, [{ used: 10 }]));
  assert.deepEqual([late.status, late.body.cause], [404, 'CHARGING_SESSION_NOT_FOUND']);
  const next = await post('', data(number, SMF, 0, [{}]));
  assert.notEqual(next.headers.location, location);
  await drainOutbox(house);
  await checkInvariants(house);
});

test('a consumer that never numbers is known by what it reports; without use nothing is a repetition (G1) [LIFE-4]', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const created = await post('', data(number, 'SMF', 0));
  assert.equal(created.status, 201);
  assert.deepEqual(created.body.multipleUnitInformation, []);
  const location = String(created.headers.location);
  const asked = await post(`${location}/update`, data(number, 'SMF', 0, [{}]));
  const unit = asked.body.multipleUnitInformation?.[0];
  assert.deepEqual(
    unit?.triggers?.map(({ triggerType }) => triggerType),
    ['QUOTA_EXHAUSTED', 'QUOTA_THRESHOLD', 'VALIDITY_TIME'],
  );
  const report = data(number, 'SMF', 0, [{ used: 3_000_000, at: '2026-11-02T17:00:10Z' }]);
  const first = await post(`${location}/update`, report);
  const repeated = await post(`${location}/update`, { ...report, invocationTimeStamp: '2026-11-02T17:00:20Z' });
  assert.deepEqual(repeated.body.multipleUnitInformation, first.body.multipleUnitInformation);
  assert.equal(await usedIn(house, line), 3_000_000n);
  // The same volume at another time is another use.
  await post(`${location}/update`, data(number, 'SMF', 0, [{ used: 3_000_000, at: '2026-11-02T17:00:30Z' }]));
  await post(`${location}/update`, data(number, 'SMF', 0, [{}]));
  assert.equal((await post(`${location}/release`, data(number, 'SMF', 0, [{ used: 1, asks: false }]))).status, 204);
  assert.equal(await usedIn(house, line), 6_000_001n);
  await drainOutbox(house);
  await checkInvariants(house);
});

test('what free5GC counts a second time as charged offline is not debited, and its session quota is left alone', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const location = String((await post('', data(number, 'SMF', 0))).headers.location);
  const answer = await post(
    `${location}/update`,
    data(number, 'SMF', 0, [{ used: 2_000_000 }, { used: 2_000_000, ratingGroup: 1, indicator: 'OFFLINE_CHARGING' }]),
  );
  assert.deepEqual(
    answer.body.multipleUnitInformation?.map(({ ratingGroup }) => ratingGroup),
    [10],
  );
  assert.equal(await usedIn(house, line), 2_000_000n);
});

test('each user plane has a quota of its own, of one rating group too', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const other = '1d9e2c9c-9f8d-4d38-8f6a-2b5f2f3a7c23';
  const both = [UPF, other].map((uPFID) => ({ ratingGroup: 10, uPFID, requestedUnit: {} }));
  const { body } = await post('', data(number, SMF, 0, [], { multipleUnitUsage: both }));
  assert.deepEqual(
    body.multipleUnitInformation?.map(({ uPFID }) => uPFID),
    [UPF, other],
  );
  const [session] = await openSessionsOfLine(house.database, line);
  assert.equal(session?.groups.filter(({ granted }) => granted > 0n).length, 2);
  await drainOutbox(house);
  await checkInvariants(house);
});

test('an event is over with its answer', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const event = data(number, SMF, 0, [{ used: 500_000, asks: false }], { oneTimeEvent: true, oneTimeEventType: 'PEC' });
  const answer = await post('', event);
  assert.equal(answer.status, 201);
  assert.equal((await post('', event)).status, 201);
  assert.equal(await usedIn(house, line), 500_000n);
  assert.deepEqual(await openSessionsOfLine(house.database, line), []);
});

test('who is unknown, or not listed, and what does not fit is told in the words of the interface, and nothing is charged', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const told = async (path: string, body: unknown) => {
    const { status, body: answered } = await post(path, body);
    return [status, answered.cause, answered.invalidParams?.map(({ param }) => param)];
  };
  assert.deepEqual(await told('', data('+15550000000', SMF, 0)), [404, 'USER_UNKNOWN', undefined]);
  assert.deepEqual(await told('', data(number, 'somebody', 0)), [403, 'CONSUMER_NOT_ALLOWED', undefined]);
  assert.deepEqual(await told('/nothing/update', data(number, SMF, 1, [{ used: 5 }])), [404, 'CHARGING_SESSION_NOT_FOUND', undefined]);
  assert.deepEqual(await told('/%00/update', data(number, SMF, 1, [{ used: 5 }])), [404, 'CHARGING_SESSION_NOT_FOUND', undefined]);
  assert.deepEqual(await told('', { nfConsumerIdentification: { nodeFunctionality: 'SMF' } }), [
    400,
    'MANDATORY_IE_MISSING',
    ['/invocationTimeStamp'],
  ]);
  const wrong = data(number, SMF, 0, [{ used: -1 }, { used: 1.5 }, { used: 2 ** 70 }], { notifyUri: 'ftp://x' });
  assert.deepEqual(await told('', wrong), [
    400,
    'MANDATORY_IE_INCORRECT',
    [
      '/notifyUri',
      '/multipleUnitUsage/0/usedUnitContainer/0/totalVolume',
      '/multipleUnitUsage/1/usedUnitContainer/0/totalVolume',
      '/multipleUnitUsage/2/usedUnitContainer/0/totalVolume',
    ],
  ]);
  for (const body of [null, [], 'x', 7]) assert.equal((await told('', body))[0], 400);
  assert.equal(await usedIn(house, line), 0n);
});

test('a consumer that begins a PDU session again has lost the one before: that is over, once, and a late beginning ends nothing (G7)', async (t) => {
  const { house, line, number, post } = await nchfHouse(t);
  const at = (minute: number) => new Date(house.clock.transport().getTime() + minute * 60_000).toISOString();
  const begin = (chargingId: number, minute: number) =>
    post('', data(number, SMF, 0, [{}], { chargingId, invocationTimeStamp: at(minute) }));
  const first = await begin(1, 0);
  house.clock.advance(60_000);
  const second = await begin(2, 0);
  assert.equal(second.status, 201);
  const open = async () => (await openSessionsOfLine(house.database, line)).map(({ reference }) => reference);
  const referenceOf = ({ headers }: typeof first) => String(headers.location).replace(/^.*\//, '');
  assert.deepEqual(await open(), [referenceOf(second)]);
  // Its last report comes late, and is debited all the same.
  const late = await post(`/${referenceOf(first)}/release`, data(number, SMF, 3, [{ used: 700_000, asks: false }]));
  assert.equal(late.status, 204);
  assert.equal(await usedIn(house, line), 700_000n);
  house.clock.advance(60_000);
  await begin(1, -5);
  assert.ok((await open()).includes(referenceOf(second)), 'what began after it was written goes on');
  await drainOutbox(house);
  await checkInvariants(house);
});

test('a beginning that the database does not name in time is told so, in time, and begins nothing (G8)', async (t) => {
  for (const nameReference of [() => new Promise<string>(() => {}), () => Promise.reject(new Error('the database is away'))]) {
    const { house, line, number, post } = await nchfHouse(t, { nameReference, nameMsMax: 50 });
    const { status, body, headers } = await post('', data(number, SMF, 0, [{}]));
    assert.deepEqual([status, body.cause, headers['retry-after']], [503, 'NF_CONGESTION', '1']);
    assert.deepEqual(await openSessionsOfLine(house.database, line), []);
  }
});
