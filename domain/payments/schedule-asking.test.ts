import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextAskAt } from './index.ts';

const START = new Date('2026-11-02T17:00:00Z');
const MINUTE = 60_000;

for (const [elapsed, next] of [
  [0, 1],
  [0.99, 1],
  [1, 5],
  [4, 5],
  [5, 60],
  [59, 60],
  [60, 1440],
  [1439, 1440],
  [1440, 2880],
  [10 * 1440 + 7, 11 * 1440],
] as const)
  test(`${elapsed} minutes after the start the next asking is at ${next} minutes`, () => {
    const asked = nextAskAt(START, new Date(START.getTime() + elapsed * MINUTE));
    assert.equal((asked.getTime() - START.getTime()) / MINUTE, next);
  });
