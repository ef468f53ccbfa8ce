import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleLine, lapsedState, MARKET, NOW } from './example-line.ts';
import { after, hasLapsed, isInService, LIFECYCLE, LINE_EVENTS, type LineEvent, lapseEnds, numberLostAt } from './lifecycle.ts';
import { LINE_STATES, type LineState } from './line.ts';

/** The table once more, read the other way: each event with all that it moves. What is not here does not happen. */
const MOVES: Readonly<Record<LineEvent, Partial<Record<LineState, LineState>>>> = {
  activate: { pending: 'active' },
  throttle: { active: 'throttled', throttled: 'throttled', stopped: 'throttled' },
  stop: { active: 'stopped', throttled: 'stopped', stopped: 'stopped' },
  replenish: { active: 'active', throttled: 'active', stopped: 'active' },
  expire: { active: 'expired', throttled: 'expired', stopped: 'expired' },
  renew: {
    pending: 'active',
    active: 'active',
    throttled: 'active',
    stopped: 'active',
    expired: 'active',
    suspended: 'active',
    parked: 'active',
  },
  suspend: { expired: 'suspended' },
  park: { suspended: 'parked' },
  lose: { parked: 'lost' },
};

for (const state of LINE_STATES)
  for (const event of LINE_EVENTS) {
    const next = MOVES[event][state];
    test(`${event} ${next === undefined ? 'does nothing to' : `makes ${next}`} a line that is ${state} [LIFE-1] [LIFE-2]`, () => {
      assert.equal(after(state, event), next);
    });
  }

test('a lost line never comes back [LIFE-2]', () => {
  assert.deepEqual(LIFECYCLE.lost, {});
});

test('every state but the lost one can be renewed out of, and no state is both in service and lapsed [LIFE-2]', () => {
  for (const state of LINE_STATES) {
    assert.equal(after(state, 'renew') === 'active', state !== 'lost', state);
    assert.ok(!(isInService(state) && hasLapsed(state)), state);
  }
});

test('every state can be reached from pending [LIFE-2]', () => {
  const reached = new Set<LineState>(['pending']);
  for (const state of reached) for (const next of Object.values(LIFECYCLE[state])) reached.add(next);
  assert.deepEqual([...reached].toSorted(), [...LINE_STATES].toSorted());
});

test('expired, suspended and parked last as long as the market says, counted from when each began [LIFE-2]', () => {
  const ends = (state: 'expired' | 'suspended' | 'parked') => lapseEnds(lapsedState(state, 0).line, MARKET);
  const days = (at: Date | undefined) => (at === undefined ? undefined : (at.getTime() - NOW.getTime()) / 86_400_000);
  assert.deepEqual([ends('expired')?.event, days(ends('expired')?.at)], ['suspend', 7]);
  assert.deepEqual([ends('suspended')?.event, days(ends('suspended')?.at)], ['park', 30]);
  assert.deepEqual([ends('parked')?.event, days(ends('parked')?.at)], ['lose', 60]);
  assert.equal(lapseEnds(exampleLine(), MARKET), undefined);
});

test('the day the number is lost is the same whichever lapsed state it is told from [LIFE-2]', () => {
  const { line } = lapsedState('expired', 0);
  const { expiredDays, suspendedDays } = MARKET.lifecycle;
  const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
  const lost = numberLostAt(line, MARKET);
  assert.deepEqual(numberLostAt({ state: 'suspended', stateSince: later(expiredDays) }, MARKET), lost);
  assert.deepEqual(numberLostAt({ state: 'parked', stateSince: later(expiredDays + suspendedDays) }, MARKET), lost);
  for (const state of ['pending', 'active', 'throttled', 'stopped', 'lost'] as const)
    assert.equal(numberLostAt({ state, stateSince: NOW }, MARKET), undefined);
});
