import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES, type Language, languageOfTag, negotiateLanguage } from './index.ts';

test('Chinese of Taiwan, Hong Kong and Macau is Traditional, other Chinese is Simplified', () => {
  for (const tag of ['zh-TW', 'zh-HK', 'zh-MO', 'zh-Hant', 'zh-Hant-HK', 'yue-HK', 'ZH_tw'])
    assert.equal(languageOfTag(tag), 'zh-Hant', tag);
  for (const tag of ['zh', 'zh-CN', 'zh-SG', 'zh-Hans', 'zh-Hans-TW', 'zh-Hans-HK']) assert.equal(languageOfTag(tag), 'zh-Hans', tag);
  assert.deepEqual(['en-GB', 'es-419', 'fr', 'zhx', ''].map(languageOfTag), ['en', 'es', undefined, undefined, undefined]);
});

test('the browser’s best wish that the market offers is taken', () => {
  const cases: readonly (readonly [string | null, readonly Language[], Language])[] = [
    ['zh-CN,zh;q=0.9,en;q=0.8', LANGUAGES, 'zh-Hans'],
    ['fr-FR, es;q=0.5, en;q=0.7', LANGUAGES, 'en'],
    ['en;q=0, es;q=0.1', LANGUAGES, 'es'],
    ['zh-TW', ['en', 'zh-Hans'], 'zh-Hans'],
    ['zh-TW, en', ['en', 'es'], 'en'],
    ['fr, *;q=0.5', ['es', 'en'], 'es'],
    ['', ['es', 'en'], 'es'],
    [null, LANGUAGES, 'en'],
    [';;;,,q=x,en;q=nonsense,es;q=0.3', LANGUAGES, 'es'],
    [`${'x,'.repeat(100_000)}zh`, LANGUAGES, 'en'],
  ];
  for (const [header, allowed, expected] of cases) assert.equal(negotiateLanguage(header, allowed), expected, String(header).slice(0, 60));
});
