import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPages } from '#tests/doors';

test('terms and privacy speak of the operator, in every language', async (t) => {
  const { care, cache } = await openPages(t);
  for (const language of ['en', 'es', 'zh-Hans', 'zh-Hant'] as const) {
    for (const document of [await care.terms(language), await care.privacy(language)]) {
      const text = JSON.stringify(document);
      assert.ok(text.includes('Northwind Mobile') && text.includes('help@northwind.example'));
      assert.doesNotMatch(text, /\{\w+\}/);
      assert.equal(document.version, cache.latest().market('US', new Date('2026-11-02'))?.termsVersion);
    }
  }
  const brand = await care.brand('zh-Hans');
  assert.deepEqual([brand.callingCode, brand.support.hours], ['1', '每天 7:00 至 22:00']);
});
