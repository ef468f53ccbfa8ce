import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import PDFDocument from 'pdfkit';
import { money } from '#domain/money';
import { catalogues, LANGUAGES } from '#platform/messages';
import { REGULAR } from './draw-receipt.ts';
import { composeCreditNote, composeReceipt, type ReceiptDocument, renderReceiptPdf } from './index.ts';
import { sampleCreditNote, sampleJapaneseReceipt, sampleReading, sampleReceipt } from './sample-receipts.ts';
import { wordReceipt } from './word-receipt.ts';

const READER = 'pdftotext';
const POPPLER = spawnSync(READER, ['-v']).error === undefined;
const needsPoppler = { skip: POPPLER ? false : 'pdftotext is not on this machine (Debian: poppler-utils)' };

/** What a reader of the file reads, line by line. */
function textOf(bytes: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'everline-pdf-'));
  try {
    writeFileSync(join(folder, 'receipt.pdf'), bytes);
    const { status, stdout, stderr } = spawnSync(READER, ['-layout', join(folder, 'receipt.pdf'), '-'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout.replaceAll('\u00a0', ' ').replace(/ {2,}/g, '  ');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const receiptIn = (language: ReceiptDocument['language']) => composeReceipt(sampleReceipt, [], sampleReading(language));

test('a receipt is a PDF of a few kilobytes in each language, its fonts in it [FX-3]', async () => {
  for (const language of LANGUAGES) {
    const bytes = await renderReceiptPdf(receiptIn(language));
    const raw = bytes.toString('latin1');
    assert.match(raw, /^%PDF-1\.7/);
    assert.ok(bytes.length > 5_000 && bytes.length < 40_000, `${language}: ${bytes.length} octets`);
    assert.match(raw, /NotoSansSC-Regular/);
    assert.doesNotMatch(raw, /Helvetica/);
    assert.match(raw, new RegExp(`/Lang \\(${language}\\)`));
    assert.match(raw, /\/MarkInfo/);
  }
});

test('it reads in Chinese as it was written: number, date, items, tax by component, total [FX-3]', needsPoppler, async () => {
  const text = textOf(await renderReceiptPdf(receiptIn('zh-Hans')));
  for (const line of [
    /收据号 +US-417-000123 +Northwind Mobile LLC/,
    /日期 +2026年11月21日/,
    /号码 +\+1 206 555 0142/,
    /税号 91-0000000/,
    /付款方式 +Visa 尾号 4242/,
    /月租 5 GB +\$15\.00 +\$1\.58 +\$16\.58/,
    /税前金额 +\$20\.00/,
    /销售税 8\.875% 计税金额 \$20\.00 +\$1\.77/,
    /E911 费 +\$0\.25/,
    /合计 +\$22\.02/,
    /第 1 页，共 1 页/,
  ])
    assert.match(text, line);
});

test(
  'Traditional Chinese reads as Traditional; a guest sees the number masked; later credit notes are named [ID-6]',
  needsPoppler,
  async () => {
    const document = composeReceipt(sampleReceipt, [sampleCreditNote], sampleReading('zh-Hant', { isNumberMasked: true }));
    const text = textOf(await renderReceiptPdf(document));
    assert.match(text, /收據號碼 +US-417-000123/);
    assert.match(text, /門號 +\+1 206 ••• ••42/);
    assert.doesNotMatch(text, /0142/);
    assert.match(text, /2026年11月23日 已退款 \$5\.44：退款憑證 US-417-C-000007。/);
  },
);

test('a credit note says which receipt it takes from, what, and where it goes [PAY-6]', needsPoppler, async () => {
  const text = textOf(await renderReceiptPdf(composeCreditNote(sampleCreditNote, sampleReceipt, sampleReading('es'))));
  assert.match(text, /Nota de crédito\n/);
  assert.match(text, /Del recibo +US-417-000123/);
  assert.match(text, /Devuelto a +Visa terminada en 4242/);
  assert.match(text, /Motivo +Tú lo pediste\./);
  assert.match(text, /Paquete de datos 1 GB +\$5\.00 +\$0\.44 +\$5\.44/);
  assert.match(text, /Devuelto +\$5\.44/);
});

test(
  'a registered Japanese seller writes a qualified invoice: registration number, and base and tax for each rate',
  needsPoppler,
  async () => {
    const text = textOf(await renderReceiptPdf(composeReceipt(sampleJapaneseReceipt, [], sampleReading('en'))));
    assert.match(text, /Receipt \(simplified qualified invoice\)\n *適格簡易請求書/);
    assert.match(text, /Registration number T1234567890123/);
    assert.match(text, /ノースウィンド・モバイル株式会社/);
    assert.match(text, /of which Consumption tax 10% on ¥1,982 +¥198/);
    assert.match(text, /Total +¥2,180/);
    const note = wordReceipt(
      composeCreditNote(
        { ...sampleCreditNote, content: { ...sampleCreditNote.content, seller: sampleJapaneseReceipt.content.seller } },
        sampleJapaneseReceipt,
        sampleReading('en'),
      ),
    );
    assert.equal(note.legalTitle, '適格返還請求書');
  },
);

test('the same document gives the same bytes, today and next year', async () => {
  const [one, other] = [await renderReceiptPdf(receiptIn('zh-Hans')), await renderReceiptPdf(receiptIn('zh-Hans'))];
  assert.ok(one.equals(other));
  assert.match(one.toString('latin1'), /\(D:20261121170500Z\)/);
});

test('the font has every character of the catalogue, and the common ones of both Chinese and of Japanese', () => {
  const pdf = new PDFDocument({ font: '' }).registerFont('regular', REGULAR).font('regular');
  // pdfkit opens the font but does not say which characters it has; its own font object does, and is not in its types.
  const { font } = (pdf as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })._font;
  const everyText = LANGUAGES.flatMap((language) => Object.values(catalogues[language])).join('');
  const common = `${charactersOf('big5', 0xa4, 0xc6, 0x40)}${charactersOf('gb18030', 0xb0, 0xf7, 0xa1)}あいうえおんがぱアイウエオンガパー・`;
  assert.ok(common.length > 12_000);
  const missing = [...new Set(everyText + common)].filter((sign) => sign !== '\n' && !font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));
  assert.deepEqual(missing, []);
});

/** The Chinese characters of a range of a two-octet encoding: Big5 level 1, GB 2312. */
function charactersOf(encoding: string, from: number, to: number, second: number): string {
  const decoder = new TextDecoder(encoding);
  let found = '';
  for (let lead = from; lead <= to; lead += 1)
    for (let trail = second; trail <= 0xfe; trail += 1) {
      const sign = decoder.decode(new Uint8Array([lead, trail]));
      if (/^\p{Script=Han}$/u.test(sign)) found += sign;
    }
  return found;
}

test('long names wrap and many items go over to further pages, nothing lost', needsPoppler, async () => {
  const line = { net: money('USD', 1n), tax: money('USD', 0n), gross: money('USD', 1n) };
  const lines = Array.from({ length: 60 }, (_, place) => ({
    ...line,
    name: `第 ${place + 1} 项：不限量全球漫游月租套餐，含加拿大与墨西哥通话、短信和共享流量`,
  }));
  const text = textOf(await renderReceiptPdf({ ...receiptIn('zh-Hans'), lines }));
  for (let place = 1; place <= 60; place += 1) assert.match(text, new RegExp(`第 ${place} 项`));
  assert.match(text, /第 [2-9] 页，共 [2-9] 页/);
  assert.match(text, /合计 +\$22\.02/);
});

test('many at once are all drawn, each its own; one that cannot be drawn spoils no other', async () => {
  const broken = { ...receiptIn('en'), zone: 'Nowhere/At_All' };
  const results = await Promise.allSettled(
    [receiptIn('en'), broken, receiptIn('es'), receiptIn('zh-Hant')].map((document) => renderReceiptPdf(document)),
  );
  assert.deepEqual(
    results.map((result) => result.status),
    ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
  );
  const [first, second] = results;
  assert.ok(first?.status === 'fulfilled' && first.value.equals(await renderReceiptPdf(receiptIn('en'))));
  assert.ok(second?.status === 'rejected' && /could not be drawn/.test(String(second.reason)));
});

test('how it was paid is told in words; what has no words, as other', () => {
  const paid = (paidWith: ReceiptDocument['paidWith']) =>
    wordReceipt({ ...receiptIn('en'), paidWith }).facts.find((fact) => fact.label === 'Paid with')?.value;
  assert.deepEqual([{ kind: 'card' }, { kind: 'alipay' }, { kind: 'balance' }, { kind: 'carrier_pigeon' }, null].map(paid), [
    'Card',
    'Alipay',
    'Money balance',
    'Other',
    undefined,
  ]);
});

test('a reason in a clerk’s own words stays inside', () => {
  const document = composeCreditNote(
    { ...sampleCreditNote, content: { ...sampleCreditNote.content, reason: 'rude customer' } },
    sampleReceipt,
    sampleReading('en'),
  );
  assert.equal(
    wordReceipt(document).facts.some((fact) => /rude|Reason/.test(fact.value + fact.label)),
    false,
  );
});
