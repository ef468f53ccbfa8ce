import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMetrics } from '#tests/metrics';
import { createMetrics } from './index.ts';

test('counters, gauges and histograms are told in the format of Prometheus', async () => {
  const metrics = createMetrics();
  const requests = metrics.counter('requests_total', 'Requests, by result.\nAll of them.');
  const times = metrics.histogram('answer_seconds', 'Time to the answer.', [0.01, 0.1]);
  metrics.gauge('open', 'Open now.', () => [{ value: 3 }, { labels: { of: 'a "b" \\ c\nd' }, value: 12_345_678_901_234_567_890n }]);
  requests.add({ result: 'success' });
  requests.add({ result: 'success' }, 2n);
  requests.add({ result: 'busy' });
  for (const seconds of [0.005, 0.01, 0.05, 7]) times.observe({ door: 'gy' }, seconds);
  const series = readMetrics(await metrics.text());
  assert.deepEqual(Object.fromEntries(series), {
    'requests_total{result="success"}': 3,
    'requests_total{result="busy"}': 1,
    'answer_seconds_bucket{door="gy",le="0.01"}': 2,
    'answer_seconds_bucket{door="gy",le="0.1"}': 3,
    'answer_seconds_bucket{door="gy",le="+Inf"}': 4,
    'answer_seconds_sum{door="gy"}': 7.065,
    'answer_seconds_count{door="gy"}': 4,
    open: 3,
    'open{of="a \\"b\\" \\\\ c\\nd"}': 12_345_678_901_234_567_000,
  });
});

test('what cannot be read is left out, and the rest is told', async () => {
  const metrics = createMetrics();
  metrics.gauge('broken', 'Reads from a database that is away.', () => Promise.reject(new Error('away')));
  metrics.gauge('fine', 'Reads from memory.', () => [{ value: 1 }]);
  assert.deepEqual([...readMetrics(await metrics.text())], [['fine', 1]]);
});

test('two metrics of one name, and a counter that is not called so, are mistakes', () => {
  const metrics = createMetrics();
  metrics.counter('a_total', 'A.');
  assert.throws(() => metrics.counter('a_total', 'A again.'));
  assert.throws(() => metrics.counter('b', 'B.'));
});
