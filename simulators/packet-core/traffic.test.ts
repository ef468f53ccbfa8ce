/** What subscribers want, and what the user plane of one service lets through: plain rules, without a network. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY_MS, HOUR_MS } from '#platform/clock';
import { seededRandom } from '#platform/random';
import { CORE_PROFILES } from './profiles.ts';
import { octetsOf, ServiceQuota } from './service-quota.ts';
import { APPS, type App, Subscriber } from './traffic.ts';

const MIDNIGHT = Date.UTC(2026, 10, 21);

function dayOf(seed: number, appetite = 1): { readonly byApp: Map<App, number>; readonly byHour: number[] } {
  const subscriber = new Subscriber(seededRandom(seed), 0, { kind: 'usual', appetite });
  const byApp = new Map<App, number>();
  const byHour = Array.from({ length: 24 }, () => 0);
  for (let ms = 0; ms < DAY_MS; ms += 10_000)
    for (const wanted of subscriber.want(MIDNIGHT + ms, 10_000)) {
      const octets = Number(octetsOf(wanted));
      const hour = Math.floor(ms / HOUR_MS);
      byApp.set(wanted.app, (byApp.get(wanted.app) ?? 0) + octets);
      byHour[hour] = (byHour[hour] ?? 0) + octets;
    }
  return { byApp, byHour };
}

test('a day of many people has every app in it, more in the evening than in the small hours, and about a gigabyte each', () => {
  const days = Array.from({ length: 40 }, (_, seed) => dayOf(seed));
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  const total = sum(days.map(({ byHour }) => sum(byHour))) / days.length;
  assert.ok(total > 300e6 && total < 3e9, `${total}`);
  const hours = (from: number, to: number) => sum(days.map(({ byHour }) => sum(byHour.slice(from, to))));
  assert.ok(hours(18, 22) > 3 * hours(2, 6));
  for (const app of APPS) assert.ok(sum(days.map(({ byApp }) => byApp.get(app) ?? 0)) > 0, app);
});

test('the same seed is the same day, and another seed another', () => {
  assert.deepEqual(dayOf(3), dayOf(3));
  assert.notDeepEqual(dayOf(3), dayOf(4));
});

const TERMS = { granted: 1000n, validitySeconds: 60, threshold: 200n, holdingSeconds: 30, final: undefined };
const want = (octets: bigint) => ({ app: 'web', up: octets / 10n, down: octets - octets / 10n }) as const;

test('a user plane that knows quotas stops at the last octet; Open5GS goes on', () => {
  for (const [profile, passed] of [
    ['standard', 1000n],
    ['open5gs', 1500n],
  ] as const) {
    const service = new ServiceQuota(10);
    service.grant(TERMS, 0);
    service.pass(want(900n), CORE_PROFILES[profile], 0);
    service.pass(want(600n), CORE_PROFILES[profile], 0);
    assert.equal(service.passed, passed, profile);
    assert.equal(service.due(CORE_PROFILES[profile], 0), 'QUOTA_EXHAUSTED');
    assert.equal(octetsOf(service.takeUse()), passed);
  }
});

test('it reports at the threshold, at the end of validity, and what nobody uses it gives back', () => {
  const plane = CORE_PROFILES.standard;
  const service = new ServiceQuota(10);
  service.grant(TERMS, 0);
  assert.equal(service.due(plane, 29_000), undefined);
  assert.equal(service.due(plane, 30_000), 'QHT');
  service.pass(want(100n), plane, 40_000);
  assert.equal(service.due(plane, 60_000), 'VALIDITY_TIME');
  service.pass(want(700n), plane, 41_000);
  assert.equal(service.due(plane, 42_000), 'THRESHOLD');
  service.grant({ ...TERMS, final: 'terminate' }, 42_000);
  service.takeUse();
  service.grant({ ...TERMS, final: 'terminate' }, 42_000);
  service.pass(want(900n), plane, 42_000);
  assert.equal(service.due(plane, 42_000), undefined, 'the last quota is used to its end');
  service.pass(want(900n), plane, 42_000);
  assert.equal(service.due(plane, 42_000), 'FINAL');
});

test('what passes between a report and its answer is of the quota that the answer brings', () => {
  const service = new ServiceQuota(10);
  service.grant(TERMS, 0);
  service.pass(want(800n), CORE_PROFILES.standard, 0);
  service.takeUse();
  service.pass(want(150n), CORE_PROFILES.standard, 0);
  service.grant(TERMS, 0);
  assert.equal(service.left, 850n);
});
