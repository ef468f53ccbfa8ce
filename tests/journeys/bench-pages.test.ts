import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runEverline } from './run-everline.ts';

test('everline bench pages counts every self-care page at no more than 14 KB and a renewal at no more than 40, and says why it timed nothing [CH-1]', async () => {
  const { exitCode, stdout, stderr } = await runEverline(['bench', 'pages', '--json'], { CHROMIUM: '/nowhere/chromium' });
  assert.equal(exitCode, 0, stderr);
  const report = JSON.parse(stdout);
  assert.deepEqual(Object.keys(report).sort(), ['browser', 'bytes_max', 'flow_bytes', 'pages', 'seconds_to_balance', 'seconds_to_renewal']);
  assert.ok(report.pages.length >= 14);
  for (const { path, bytes, requests } of report.pages)
    assert.ok(bytes > 0 && bytes <= 14 * 1024 && requests <= 3, `${path}: ${bytes} octets`);
  assert.ok(report.bytes_max <= 14 * 1024 && report.flow_bytes <= 40 * 1024);
  assert.deepEqual([report.seconds_to_balance, report.seconds_to_renewal], [null, null]);
  assert.match(report.browser, /no Chromium/);
});
