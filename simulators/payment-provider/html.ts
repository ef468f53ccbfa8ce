/** Markup whose values are escaped, always: `html` is the only way in. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | undefined | readonly Html[];

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((text, string, index) => text + string + (index < parts.length ? render(parts[index]) : ''), ''));
}

function render(part: Part): string {
  if (part === undefined) return '';
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join('');
  return String(part).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const STYLE = new Html(`
:root{--ink:#14202b;--soft:#52616e;--line:#d5dde2;--paper:#f5f7f8;--card:#fff;--brand:#0b6f6a;--on:#fff;--bad:#a3260f;--badbg:#fdeeea;color-scheme:light dark}
@media(prefers-color-scheme:dark){:root{--ink:#e8eef2;--soft:#a6b6c2;--line:#2b3b47;--paper:#0f171d;--card:#16212a;--brand:#35b5ae;--on:#06201f;--bad:#ffb0a0;--badbg:#331813}}
*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,"Noto Sans SC","Noto Sans TC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);background:var(--paper)}
header,main{max-width:600px;margin:0 auto;padding:12px 16px}header{display:flex;justify-content:space-between;flex-wrap:wrap;gap:8px;font-size:14px;color:var(--soft)}nav a{margin-right:10px}
section{background:var(--card);border:1px solid var(--line);border-radius:16px;padding:16px;margin:0 0 14px}h1{font-size:22px;margin:0 0 8px}h2{font-size:16px;margin:0 0 10px}
a{color:var(--brand);text-underline-offset:3px}table{width:100%;border-collapse:collapse}td,th{padding:6px 4px;border-top:1px solid var(--line);text-align:left;vertical-align:top;font-weight:400}.sum td,.sum th{font-weight:700}
.num{font-variant-numeric:tabular-nums;white-space:nowrap}.right{text-align:right}label{display:block;font-size:14px;margin:0 0 10px}input{display:block;width:100%;font:inherit;padding:11px;border:1px solid var(--soft);border-radius:10px;background:var(--card);color:var(--ink)}
.two{display:grid;grid-template-columns:1fr 1fr;gap:10px}button{font:inherit;font-weight:600;min-height:44px;padding:10px 14px;border-radius:12px;border:1px solid var(--brand);background:var(--card);color:var(--brand);cursor:pointer}
button.main{width:100%;background:var(--brand);color:var(--on)}.wallets{display:grid;grid-template-columns:1fr 1fr;gap:10px}td button{min-height:32px;padding:4px 10px;font-size:14px;border-radius:8px}
.soft{color:var(--soft);font-size:14px}p,li{overflow-wrap:anywhere}.bad{background:var(--badbg);color:var(--bad);border-radius:10px;padding:10px 12px;margin:0 0 14px}:focus-visible{outline:3px solid var(--brand);outline-offset:2px}`);

export function page(language: string, title: string, body: Html): string {
  return html`<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style>${body}</html>`
    .text;
}
