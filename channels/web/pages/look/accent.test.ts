import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accentRules, contrast, parse } from './accent.ts';

const ACCENTS = ['#0b7a75', '#ffe600', '#ff0000', '#0000ff', '#000000', '#ffffff', '#7f7f7f', '#e91e63', '#c0ffee'];

test('any brand colour becomes readable on light and on dark paper, and so does the text on it', () => {
  for (const accent of ACCENTS) {
    const [light, dark] = [...accentRules(accent).matchAll(/--brand:(#[0-9a-f]{6})/g)].map((found) => parse(found[1] ?? ''));
    assert(light !== undefined && dark !== undefined);
    assert(contrast(light, parse('#f5f7f8')) >= 4.5, `${accent} on light paper`);
    assert(contrast(light, parse('#ffffff')) >= 4.5, `white on ${accent}`);
    assert(contrast(dark, parse('#16212a')) >= 4.5, `${accent} on dark paper`);
    assert(contrast(dark, parse('#04120f')) >= 4.5, `ink on ${accent}`);
  }
});

test('a colour that is readable as it is stays as it is', () => {
  assert.match(accentRules('#0b7a75'), /^:root\{--brand:#0b7a75;/);
});

test('what is no colour never reaches a style element', () => {
  assert.throws(() => accentRules('red;}</style><script>'), /Not a colour/);
});
