/** What the compiler cannot see of the catalogue: that every translation is whole, parses, and is in its language. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { IntlMessageFormat } from 'intl-messageformat';
import { DECLINE_REASONS } from '#domain/payments';
import { catalogues, hasMessage, LANGUAGES, type Language, type MessageKey } from './index.ts';
import { compile } from './say.ts';

const keys = Object.keys(catalogues.en) as MessageKey[];
const everyText = LANGUAGES.flatMap((language) => keys.map((key) => ({ language, key, text: catalogues[language][key] })));

/** `name:kind` of each placeholder, in order of the alphabet. */
function placeholders(language: Language, text: string): string[] {
  const compiled = compile(language, text);
  return typeof compiled === 'string' ? [] : [...new Set(compiled.placeholders.map(({ name, kind }) => `${name}:${kind}`))].sort();
}

test('every language has the same keys', () => {
  for (const language of LANGUAGES) assert.deepEqual(Object.keys(catalogues[language]).sort(), [...keys].sort(), language);
});

test('every translation compiles and has the placeholders of the English', () => {
  for (const { language, key, text } of everyText)
    assert.deepEqual(placeholders(language, text), placeholders('en', catalogues.en[key]), `${language} ${key}`);
});

test('plurals have exactly the forms their language needs', () => {
  for (const { language, key, text } of everyText) {
    const compiled = compile(language, text);
    if (typeof compiled === 'string') continue;
    for (const forms of pluralForms(compiled.format.getAst())) {
      const named = forms.filter((form) => !form.startsWith('=')).sort();
      assert.deepEqual(named, language.startsWith('zh') ? ['other'] : ['one', 'other'], `${language} ${key}`);
    }
  }
});

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

function pluralForms(elements: readonly Element[]): string[][] {
  return elements.flatMap((element) => {
    if (!('options' in element)) return [];
    const inner = Object.values(element.options).flatMap((option) => pluralForms(option.value));
    return 'pluralType' in element ? [Object.keys(element.options), ...inner] : inner;
  });
}

/** Names that are the same in every language. */
const NAMES = ['PayPal', 'Apple Pay', 'Google Pay', 'Alipay', 'WeChat Pay', 'Link', 'Total'];

test('nothing is left untranslated', () => {
  for (const { language, key, text } of everyText) {
    const words = text.replace(/\{\s*\w+\s*(,\s*\w+\s*)?\}/g, '').trim();
    const isNameOnly = !/\p{L}/u.test(words) || NAMES.includes(text);
    if (language === 'en' || isNameOnly) continue;
    assert.notEqual(text, catalogues.en[key], `${language} ${key}`);
    if (language.startsWith('zh')) assert.match(text, /\p{Script=Han}/u, `${language} ${key}`);
  }
});

/** Characters that stand in one Chinese only, in pairs: simplified, traditional. */
const PAIRS =
  '余餘额額号號门門这這续續费費约約储儲请請没沒扫掃换換银銀卡卡联聯络絡试試数數据據链鏈选選择擇询詢错錯误誤网網码碼电電话話页頁现現实實时時间間开開关關闭閉钟鐘线線发發单單订訂购購买買卖賣价價应應员員务務将將为為无無转轉达達还還过過从從对對输輸识識别別认認验驗证證设設类類内內仅僅动動态態东東车車长長张張后後会會与與经經许許复復级級总總结結给給统統终終邮郵备備处處';

test('Simplified and Traditional Chinese are not mixed', () => {
  const letters = [...PAIRS];
  const pairs = letters.flatMap((letter, place) =>
    place % 2 === 0 && letter !== letters[place + 1] ? [[letter, letters[place + 1] ?? '']] : [],
  );
  const simplified = new Set(pairs.map(([one]) => one));
  const traditional = new Set(pairs.map(([, other]) => other));
  for (const { language, key, text } of everyText) {
    const foreign = language === 'zh-Hans' ? traditional : language === 'zh-Hant' ? simplified : new Set<string>();
    assert.deepEqual(
      [...text].filter((letter) => foreign.has(letter)),
      [],
      `${language} ${key}`,
    );
  }
});

test('the voice: no vague time, no quoting, no markup', () => {
  for (const { language, key, text } of everyText) {
    assert.doesNotMatch(text, /some time|may apply|as soon as possible|oops|sorry/i, `${language} ${key}`);
    assert.doesNotMatch(text, /'[{}#|]|</, `${language} ${key}: a quote before a brace would hide a placeholder`);
    assert.equal(text, text.trim(), `${language} ${key}`);
  }
});

const ROOT = join(import.meta.dirname, '../..');
type Declared = { readonly code: string; readonly file: string };

async function declaredRefusals(): Promise<Declared[]> {
  const files = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /^(domain|platform|channels|adapters|apps)\/.*refusals\.ts$/.test(file) && !file.includes('node_modules'),
  );
  const found: Declared[] = [];
  for (const file of files) {
    const exported: Record<string, unknown> = await import(join(ROOT, file));
    for (const value of Object.values(exported)) {
      if (typeof value !== 'object' || value === null) continue;
      for (const [code, entry] of Object.entries(value))
        if (typeof entry === 'object' && entry !== null && 'operator' in entry) found.push({ code, file });
    }
  }
  return found;
}

test('every declared refusal has its words, and every words their refusal', async () => {
  const declared = await declaredRefusals();
  const said = keys.filter((key) => key.startsWith('refusal.')).map((key) => key.slice('refusal.'.length));
  const missing = declared.filter(({ code }) => !said.includes(code)).map(({ code, file }) => `${code} of ${file}`);
  assert.deepEqual(missing, [], 'declared without words');
  const stale = said.filter((code) => code !== 'unexpected' && !declared.some((one) => one.code === code));
  assert.deepEqual(stale, [], 'words that no folder declares');
});

test('every reason for which a payment is declined has its words [PAY-5]', () => {
  for (const reason of DECLINE_REASONS) assert.ok(hasMessage(`decline.${reason}`), reason);
});

test('a refusal is made with every value its words ask for', () => {
  const sources = readdirSync(join(ROOT, 'domain'), { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.test)\.ts$/.test(file));
  for (const file of sources) {
    const source = readFileSync(join(ROOT, 'domain', file), 'utf8').replace(/`[^`]*`/g, "''");
    for (const [, code = '', given = ''] of source.matchAll(/\brefuse\(\s*'([^']+)'\s*(?:\)|,\s*\{([^}]*)\})/g)) {
      const text = catalogues.en[`refusal.${code}` as MessageKey] as string | undefined;
      if (text === undefined || given.includes('...')) continue;
      const names = given.split(',').map((part) =>
        part
          .split(':')[0]
          ?.trim()
          .replace(/Minor$/, ''),
      );
      for (const placeholder of placeholders('en', text))
        assert.ok(names.includes(placeholder.split(':')[0]), `${code} in domain/${file} is made without ${placeholder}`);
    }
  }
});
