/**
 * The page: A4, one calm column, figures on the right. Noto Sans SC has every Simplified and Traditional character of the
 * common sets, and kana (tested), so one font serves all languages; only the glyphs used land in the file. Tagged, so that
 * a screen reader reads it in order. The same document gives the same bytes: dates come from the data.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import PDFDocument from 'pdfkit';
import type { ReceiptDocument } from './receipt-document.ts';
import { type Fact, type ReceiptWords, wordReceipt } from './word-receipt.ts';

/** Read once a thread (10 MB each): given by path they would be read again for every document, 170 ms of 300. */
const fontFile = (address: string) => readFileSync(fileURLToPath(address));
export const REGULAR = fontFile(import.meta.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'));
const BOLD = fontFile(import.meta.resolve('@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf'));

const INK = '#14202b';
const SOFT = '#5b6b79';
const RULE = '#d5dde2';
const ACCENT = '#0b7a75';
const LEFT = 56;
const RIGHT = 539;
const BOTTOM = 770;
const MIDDLE = 330;
/** Right edges of the three columns of figures. */
const FIGURES = [365, 445, RIGHT] as const;
const FIGURE_WIDTH = 78;

type Page = { readonly pdf: PDFKit.PDFDocument; readonly root: PDFKit.PDFStructureElement; y: number };
type Style = { readonly size?: number; readonly bold?: boolean; readonly colour?: string; readonly align?: 'left' | 'right' };
type Box = { readonly x: number; readonly width: number };

export function drawReceipt(document: ReceiptDocument): Promise<Buffer> {
  const words = wordReceipt(document);
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    pdfVersion: '1.7',
    tagged: true,
    lang: document.language,
    displayTitle: true,
    bufferPages: true,
    // None to begin with: else the standard Helvetica would be named in the file.
    font: '',
    info: {
      Title: `${words.title} ${document.documentNumber}`,
      Author: document.seller.name,
      Creator: 'Everline',
      Producer: 'Everline',
      CreationDate: document.issuedAt,
    },
  });
  pdf.registerFont('regular', REGULAR).registerFont('bold', BOLD);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const page: Page = { pdf, root, y: 56 };
  drawHead(page, words, /^#[0-9a-f]{6}$/i.test(document.brand.accent) ? document.brand.accent : ACCENT);
  drawTable(page, words);
  drawSums(page, words);
  for (const note of words.notes) paragraph(page, note, { size: 9, colour: SOFT });
  root.end();
  drawPageNumbers(pdf, words);
  return bytesOf(pdf);
}

function bytesOf(pdf: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
    pdf.end();
  });
}

function drawHead(page: Page, words: ReceiptWords, accent: string): void {
  paragraph(page, words.brand, { size: 13, bold: true, colour: accent });
  page.y += 14;
  const title = write(page, 'H1', words.title, { x: LEFT, width: RIGHT - LEFT }, { size: 22, bold: true });
  page.y += title;
  if (words.legalTitle !== null) paragraph(page, words.legalTitle, { size: 10, colour: SOFT });
  page.y += 18;
  const top = page.y;
  for (const fact of words.facts) drawFact(page, fact);
  const below = page.y;
  page.y = top;
  for (const [place, line] of words.seller.entries())
    paragraph(page, line, { size: 10, bold: place === 0 }, { x: MIDDLE, width: RIGHT - MIDDLE });
  page.y = Math.max(below, page.y) + 22;
}

function drawFact(page: Page, { label, value }: Fact): void {
  const height = write(page, 'P', label, { x: LEFT, width: 104 }, { size: 9, colour: SOFT });
  page.y += Math.max(height, write(page, 'P', value, { x: LEFT + 110, width: MIDDLE - LEFT - 124 }, { size: 10 })) + 3;
}

/** Tags a row's cells as a table: header cells first. */
function drawTable(page: Page, words: ReceiptWords): void {
  const { pdf, root } = page;
  const table = pdf.struct('Table');
  root.add(table);
  rowOf(page, table, words.columns, 'TH');
  for (const row of words.rows) rowOf(page, table, row, 'TD');
  table.end();
  rule(page);
  page.y += 10;
}

function rowOf(page: Page, table: PDFKit.PDFStructureElement, cells: readonly [string, string, string, string], tag: 'TH' | 'TD'): void {
  const style: Style = tag === 'TH' ? { size: 9, colour: SOFT } : { size: 10.5 };
  breakIfFull(page, 40);
  rule(page);
  page.y += 7;
  const row = page.pdf.struct('TR');
  table.add(row);
  const [name, ...figures] = cells;
  const height = write({ ...page, root: row }, tag, name, { x: LEFT, width: FIGURES[0] - FIGURE_WIDTH - LEFT - 8 }, style);
  for (const [place, figure] of figures.entries()) {
    write(
      { ...page, root: row },
      tag,
      figure,
      { x: (FIGURES[place] ?? RIGHT) - FIGURE_WIDTH, width: FIGURE_WIDTH },
      { ...style, align: 'right' },
    );
  }
  row.end();
  page.y += height + 7;
}

function drawSums(page: Page, words: ReceiptWords): void {
  for (const fact of words.sums) sumLine(page, fact, { size: 10, colour: SOFT });
  page.y += 6;
  sumLine(page, words.total, { size: 16, bold: true });
  page.y += 26;
}

function sumLine(page: Page, { label, value }: Fact, style: Style): void {
  breakIfFull(page, 40);
  const width = 130;
  const figure = write(page, 'P', value, { x: RIGHT - width, width }, { ...style, align: 'right' });
  page.y += Math.max(figure, write(page, 'P', label, { x: LEFT, width: RIGHT - LEFT - width - 10 }, style)) + 3;
}

function paragraph(page: Page, text: string, style: Style, box: Box = { x: LEFT, width: RIGHT - LEFT }): void {
  breakIfFull(page, 30);
  page.y += write(page, 'P', text, box, style) + 2;
}

/** Writes at the page's height without moving it; gives how high the text became. */
function write(
  { pdf, root, y }: Page,
  tag: string,
  text: string,
  box: Box,
  { size = 10, bold, colour = INK, align = 'left' }: Style,
): number {
  const options = { width: box.width, align, lineGap: 1 };
  const shown = text.replace(/\p{Cc}+/gu, ' ');
  pdf.font(bold ? 'bold' : 'regular', size);
  const height = pdf.heightOfString(shown, options);
  const draw = () => pdf.fillColor(colour).text(shown, box.x, y, options);
  root.add(pdf.struct(tag, {}, draw));
  return height;
}

/** A line is decoration: not read aloud. */
function rule({ pdf, y }: Page): void {
  pdf.markContent('Artifact', { type: 'Layout' });
  pdf.moveTo(LEFT, y).lineTo(RIGHT, y).lineWidth(0.6).strokeColor(RULE).stroke();
  pdf.endMarkedContent();
}

function breakIfFull(page: Page, needed: number): void {
  if (page.y + needed <= BOTTOM) return;
  page.pdf.addPage();
  page.y = 56;
}

function drawPageNumbers(pdf: PDFKit.PDFDocument, words: ReceiptWords): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page);
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf.font('regular', 8).fillColor(SOFT);
    pdf.text(words.pageOf(page + 1, count), LEFT, 800, { width: RIGHT - LEFT, align: 'right', lineBreak: false });
    pdf.endMarkedContent();
  }
}
