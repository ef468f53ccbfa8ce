import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '#tests/database';
import { DAY_MS, HOUR_MS, ManualClock, OffsetClock } from './clock.ts';
import { type DueSource, moveClock, syncClock } from './move-clock.ts';

/** A clock whose real time stands still, so that the offset alone moves it. */
class StandingClock extends OffsetClock {
  override business(): Date {
    return new Date(Date.UTC(2026, 10, 2) + this.offsetMs);
  }
  override transport(): Date {
    return new Date(Date.UTC(2026, 10, 2));
  }
}

const hours = (count: number) => new Date(Date.UTC(2026, 10, 2) + count * HOUR_MS);

/** Things that fall due at given hours; notes at which time each was done. */
function agenda(clock: StandingClock, due: readonly number[]): DueSource & { readonly done: Date[] } {
  const open = [...due];
  const done: Date[] = [];
  return {
    done,
    nextDue: async (until) => {
      const [first] = open.toSorted((left, right) => left - right);
      return first !== undefined && hours(first) <= until ? hours(first) : undefined;
    },
    runDue: async () => {
      for (const hour of open.toSorted((left, right) => left - right)) {
        if (hours(hour) > clock.business()) return;
        open.splice(open.indexOf(hour), 1);
        done.push(clock.business());
      }
    },
  };
}

test('moved on, the clock stops at everything that falls due on the way, in order', async (t) => {
  const { database } = await testDatabase(t);
  const clock = new StandingClock();
  const due = agenda(clock, [5, 2, 30, 2]);
  await moveClock(database, clock, hours(24), due);
  assert.deepEqual(due.done, [hours(2), hours(2), hours(5)]);
  assert.deepEqual(clock.business(), hours(24));
});

test('what was due before the move is done before it begins', async (t) => {
  const { database } = await testDatabase(t);
  const clock = new StandingClock();
  const due = agenda(clock, [-1]);
  await moveClock(database, clock, hours(1), due);
  assert.deepEqual(due.done, [hours(0)]);
});

test('it never goes back: an earlier target changes nothing', async (t) => {
  const { database } = await testDatabase(t);
  const clock = new StandingClock();
  await moveClock(database, clock, hours(24), agenda(clock, []));
  await moveClock(database, clock, hours(3), agenda(clock, []));
  assert.deepEqual(clock.business(), hours(24));
});

test('all nodes share it: another takes over what one has moved, and none moves it back', async (t) => {
  const { database } = await testDatabase(t);
  const [one, two] = [new StandingClock(), new StandingClock()];
  await moveClock(database, one, hours(24), agenda(one, []));
  assert.deepEqual(two.business(), hours(0));
  await syncClock(database, two);
  assert.deepEqual(two.business(), hours(24));
  const late = new StandingClock();
  await Promise.all([moveClock(database, one, hours(48), agenda(one, [])), moveClock(database, late, hours(30), agenda(late, []))]);
  await syncClock(database, two);
  assert.deepEqual(two.business(), hours(48));
});

test('real time is not moved with it', async (t) => {
  const { database } = await testDatabase(t);
  const clock = new StandingClock();
  await moveClock(database, clock, hours(24), agenda(clock, []));
  assert.deepEqual(clock.transport(), hours(0));
});

test('a manual clock moves both times together, or business time alone', () => {
  const clock = new ManualClock('2026-11-02T17:00:00Z');
  clock.advance(DAY_MS);
  assert.deepEqual([clock.business(), clock.transport()], [new Date('2026-11-03T17:00:00Z'), new Date('2026-11-03T17:00:00Z')]);
  clock.moveBusinessTo('2027-01-01T00:00:00Z');
  assert.deepEqual([clock.business(), clock.transport()], [new Date('2027-01-01T00:00:00Z'), new Date('2026-11-03T17:00:00Z')]);
});
