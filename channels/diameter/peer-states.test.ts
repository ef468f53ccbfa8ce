/** The two state machines, state by event. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '#platform/random';
import { PEER_TRANSITIONS, WATCHDOG_TRANSITIONS } from './index.ts';
import { nextPeerState, type PeerEvent, type PeerState } from './peer-states.ts';
import { WATCHDOG_MS_MIN, Watchdog } from './watchdog.ts';

const EVENTS: readonly PeerEvent[] = ['agreed', 'refused', 'parted', 'deadline', 'silence', 'lost'];
const NEXT: Readonly<Record<PeerState, string>> = {
  accepted: 'open closed closed closed - closed',
  asking: 'open closed closed closed - closed',
  open: '- closed parting - closed closed',
  parting: '- closed parting closed closed closed',
  closed: '- closed closed closed closed closed',
};

for (const state of Object.keys(NEXT) as PeerState[]) {
  test(`a connection that is ${state} moves as the table says, and knows nothing else`, () => {
    const next = EVENTS.map((event) => PEER_TRANSITIONS[state][event] ?? '-');
    assert.equal(next.join(' '), NEXT[state]);
    for (const event of EVENTS.filter((each) => PEER_TRANSITIONS[state][each] === undefined))
      assert.throws(() => nextPeerState(state, event), /knows/);
  });
}

test('the watchdog knows each of its states by each event, and down is the end', () => {
  for (const moves of Object.values(WATCHDOG_TRANSITIONS)) assert.deepEqual(Object.keys(moves), ['heard', 'expired', 'expired_unanswered']);
  assert.deepEqual(Object.values(WATCHDOG_TRANSITIONS.down).flat(), ['down', 'none', 'down', 'none', 'down', 'none']);
});

const watchdog = (): Watchdog => new Watchdog({ watchdogMs: 30_000, random: seededRandom(1), nowMs: 0 });

test('a watchdog asks after Tw, doubts after two, closes after three; whatever is heard begins anew', () => {
  const dog = watchdog();
  assert.deepEqual([dog.tick(27_999), dog.tick(32_000), dog.state], ['none', 'ask', 'okay']);
  assert.deepEqual([dog.tick(64_000), dog.state], ['none', 'suspect']);
  dog.heard(65_000);
  assert.equal(dog.state, 'okay');
  assert.deepEqual([dog.tick(97_000), dog.state, dog.tick(129_000), dog.state], ['none', 'suspect', 'close', 'down']);
});

test('an answered watchdog is asked again the next time', () => {
  const dog = watchdog();
  assert.equal(dog.tick(32_000), 'ask');
  dog.answered();
  dog.heard(32_500);
  assert.equal(dog.tick(64_501), 'ask');
});

test('a peer that is doubted has the time it is given, and is doubted once', () => {
  const dog = watchdog();
  assert.deepEqual([dog.doubt(1_000, 2_000), dog.doubt(1_100, 2_000), dog.tick(2_999), dog.tick(3_000)], [true, false, 'none', 'close']);
});

test('each wait is Tw with two seconds of chance, never less than RFC 3539 has it', () => {
  const random = seededRandom(9);
  for (let each = 0; each < 200; each += 1) {
    const dog = new Watchdog({ watchdogMs: WATCHDOG_MS_MIN, random, nowMs: 0 });
    assert.equal(dog.tick(WATCHDOG_MS_MIN - 2_001), 'none');
    assert.equal(dog.tick(WATCHDOG_MS_MIN + 2_000), 'ask');
  }
  assert.throws(() => new Watchdog({ watchdogMs: 5_999, random, nowMs: 0 }), /at least/);
});
