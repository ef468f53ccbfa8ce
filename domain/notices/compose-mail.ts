/**
 * A mail as plain text and as simple HTML that says the same: no pictures, nothing fetched, readable in any client. All
 * that is put into the HTML is escaped.
 */
import type { Money } from '#domain/money';
import { formatMoney, type Language } from '#platform/messages';

export type MailRow = { readonly label: string; readonly value?: string; readonly money?: Money; readonly isTotal?: boolean };

export type MailContent = {
  readonly language: Language;
  readonly brand: string;
  readonly accent: string | undefined;
  readonly subject: string;
  readonly paragraph: string;
  readonly rows: readonly MailRow[];
  readonly link: { readonly url: string; readonly label: string };
  readonly footer: string;
};

export function composeMail(content: MailContent): { text: string; html: string } {
  const rows = content.rows.map((row) => ({
    ...row,
    value: row.money === undefined ? row.value : formatMoney(content.language, row.money),
  }));
  return { text: textOf(content, rows), html: htmlOf(content, rows) };
}

type WrittenRow = { readonly label: string; readonly value: string | undefined; readonly isTotal?: boolean };

function textOf({ brand, paragraph, link, footer }: MailContent, rows: readonly WrittenRow[]): string {
  const table = rows.map(({ label, value }) => (value === undefined ? label : `${label}: ${value}`)).join('\n');
  return [brand, paragraph, table, `${link.label}: ${link.url}`, `-- \n${footer}`].filter((block) => block !== '').join('\n\n');
}

const SANS = "system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',sans-serif";
const ACCENT = '#0b7a75';

function htmlOf({ language, brand, accent, subject, paragraph, link, footer }: MailContent, rows: readonly WrittenRow[]): string {
  const colour = /^#[0-9a-f]{6}$/i.test(accent ?? '') ? accent : ACCENT;
  const table = rows.map(rowHtml).join('');
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>`,
    `<body style="margin:0;padding:24px 12px;background:#f5f7f8;color:#14202b;font:16px/1.5 ${SANS}">`,
    '<div style="max-width:520px;margin:0 auto;background:#fff;border:1px solid #e3e8ec;border-radius:16px;padding:24px">',
    `<p style="margin:0 0 16px;font-weight:600;color:${colour}">${escapeHtml(brand)}</p>`,
    `<p style="margin:0 0 16px">${escapeHtml(paragraph)}</p>`,
    table === '' ? '' : `<table style="width:100%;border-collapse:collapse;margin:0 0 16px">${table}</table>`,
    `<p style="margin:0 0 8px"><a href="${escapeHtml(safeUrl(link.url))}" style="color:${colour};font-weight:600">${escapeHtml(link.label)}</a></p>`,
    `<p style="margin:16px 0 0;font-size:13px;color:#5b6b79">${escapeHtml(footer)}</p>`,
    '</div></body></html>',
  ].join('');
}

function rowHtml({ label, value, isTotal }: WrittenRow): string {
  const weight = isTotal ? 'font-weight:600;' : '';
  const cell = `${weight}padding:6px 0;border-top:1px solid #e3e8ec`;
  const figure = value === undefined ? '' : `<td style="${cell};text-align:right">${escapeHtml(value)}</td>`;
  return `<tr><td${value === undefined ? ' colspan="2"' : ''} style="${cell}">${escapeHtml(label)}</td>${figure}</tr>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Only web addresses are linked: a link never runs something. */
function safeUrl(url: string): string {
  return /^https?:\/\//i.test(url) ? url : '#';
}
