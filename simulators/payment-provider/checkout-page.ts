/** The hosted checkout page: plain HTML, no JavaScript, in the session's language. */
import { CARD_NOTES, TEST_CARDS } from './cards.ts';
import { Html, html, page } from './html.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language, languageOf } from './languages.ts';
import { type ErrorName, fill, TEXTS } from './page-texts.ts';
import type { SessionRecord } from './records.ts';
import { nowSeconds, type Simulator } from './simulator.ts';

export type View = { readonly simulator: Simulator; readonly session: SessionRecord; readonly language: Language };

export function viewOf(simulator: Simulator, session: SessionRecord, asked: string | null): View {
  return { simulator, session, language: languageOf(session.locale, asked) };
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US', 'zh-Hans': 'zh-Hans-CN', 'zh-Hant': 'zh-Hant-TW' };

/** Stripe's minor units: ISK and UGX are given in hundredths there, though they have none. */
export function amountText({ session, language }: View, amount: number = session.amount): string {
  const currency = session.currency.toUpperCase();
  const format = new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency });
  const digits = ['ISK', 'UGX'].includes(currency) ? 2 : (format.resolvedOptions().maximumFractionDigits ?? 2);
  return format.format(amount / 10 ** digits);
}

function valuesOf(view: View): Record<string, string> {
  const { session, simulator } = view;
  const minutes = Math.ceil((session.expiresAt - nowSeconds(simulator)) / 60);
  return { amount: amountText(view), merchant: simulator.merchant, minutes: String(minutes) };
}

/** Sentences of this page, with amount, merchant and minutes in them. */
export function saying(view: View): (text: string, more?: Readonly<Record<string, string>>) => string {
  const values = valuesOf(view);
  return (text, more = {}) => fill(text, { ...values, ...more });
}

const WALLETS = {
  paypal: 'PayPal',
  apple_pay: 'Apple Pay',
  google_pay: 'Google Pay',
  alipay: 'Alipay 支付宝',
  wechat_pay: 'WeChat Pay 微信支付',
};
export type Wallet = keyof typeof WALLETS;

export function isWallet(text: string): text is Wallet {
  return Object.hasOwn(WALLETS, text);
}

/** Apple Pay and Google Pay stand wherever cards do, as at Stripe. */
export function isOffered(session: SessionRecord, way: Wallet | 'card'): boolean {
  const type = way === 'apple_pay' || way === 'google_pay' ? 'card' : way;
  return session.allowed === null || session.allowed.includes(type);
}

export function renderCheckout(view: View, error?: ErrorName): string {
  const { session, language, simulator } = view;
  const texts = TEXTS[language];
  const say = saying(view);
  const wallets = (Object.keys(WALLETS) as Wallet[]).filter((wallet) => isOffered(session, wallet));
  const offersCard = isOffered(session, 'card');
  const body = html`${top(view)}<main>
<section><h1>${say(texts.payTo)}</h1>${items(view)}<p class="soft">${say(texts.until)}</p></section>
${error === undefined ? undefined : html`<p class="bad" role="alert" id="error">${texts.errors[error]}</p>`}
${offersCard ? cardForm(view, error) : undefined}
${wallets.length === 0 ? undefined : html`<section><h2>${texts.orPayWith}</h2><form method="post" class="wallets">${wallets.map((wallet) => html`<button name="choice" value="${wallet}">${WALLETS[wallet]}</button>`)}</form></section>`}
${session.cancelUrl === null ? undefined : html`<p><a href="${session.cancelUrl}">${say(texts.back)}</a></p>`}
${offersCard ? cardTable(view) : undefined}</main>`;
  return page(language, `${say(texts.pay)} · ${simulator.merchant}`, body);
}

export function top({ language }: Pick<View, 'language'>): Html {
  const texts = TEXTS[language];
  const links = LANGUAGES.map(
    (one) =>
      html`<a href="?lang=${one}" lang="${one}"${one === language ? new Html(' aria-current="true"') : undefined}>${LANGUAGE_NAMES[one]}</a> `,
  );
  return html`<header><span>${texts.testOnly}</span><nav aria-label="${texts.languages}">${links}</nav></header>`;
}

function items(view: View): Html {
  const rows = view.session.items.map(
    (item) =>
      html`<tr><th scope="row">${item.name}${item.quantity === 1 ? undefined : ` × ${item.quantity}`}</th><td class="num right">${amountText(view, item.amount * item.quantity)}</td></tr>`,
  );
  return html`<table><tbody>${rows}<tr class="sum"><th scope="row">${TEXTS[view.language].total}</th><td class="num right">${amountText(view)}</td></tr></tbody></table>`;
}

function cardForm(view: View, error: ErrorName | undefined): Html {
  const texts = TEXTS[view.language];
  const say = saying(view);
  const wrong = (name: ErrorName) => (error === name ? new Html(' aria-invalid="true" aria-describedby="error"') : undefined);
  return html`<section><h2>${texts.payByCard}</h2><form method="post">
<label>${texts.number}<input name="number" inputmode="numeric" autocomplete="cc-number" required${wrong('number')}></label>
<div class="two"><label>${texts.expires}<input name="expires" inputmode="numeric" autocomplete="cc-exp" required${wrong('expires')}></label>
<label>${texts.code}<input name="code" inputmode="numeric" autocomplete="cc-csc" required${wrong('code')}></label></div>
${view.session.savesCard ? html`<p class="soft">${say(texts.saves)}</p>` : undefined}
<button class="main">${say(texts.pay)}</button></form></section>`;
}

function cardTable({ language }: View): Html {
  const texts = TEXTS[language];
  const rows = TEST_CARDS.map((card) => {
    const number = card.number.replace(/(\d{4})(?=\d)/g, '$1 ');
    return html`<tr><td><span class="num">${number}</span><br><span class="soft">${CARD_NOTES[card.name]?.[language]}</span></td><td class="right"><button name="test_card" value="${card.number}" aria-label="${texts.use}: ${number}">${texts.use}</button></td></tr>`;
  });
  return html`<section><h2 id="cards">${texts.cards}</h2><p class="soft">${texts.cardsHint}</p><form method="post"><table aria-labelledby="cards"><tbody>${rows}</tbody></table></form></section>`;
}

/** The bank's question (3-D Secure), or a wallet's. */
export function renderApproval(view: View, wallet: Wallet | undefined): string {
  const texts = TEXTS[view.language];
  const say = saying(view);
  const title = wallet === undefined ? texts.bankTitle : say(texts.walletTitle, { wallet: WALLETS[wallet] });
  const question = say(wallet === undefined ? texts.bankAsks : texts.walletAsks);
  const body = html`${top(view)}<main><section><h1>${title}</h1><p>${question}</p><form method="post">
${wallet === undefined ? undefined : html`<input type="hidden" name="choice" value="${wallet}">`}
<p><button class="main" name="decision" value="approve">${texts.approve}</button></p><p><button name="decision" value="fail">${texts.fail}</button></p></form></section></main>`;
  return page(view.language, title, body);
}

/** Paid already, expired, or an answer that went missing: one sentence and the way back. */
export function renderNotice(view: View, notice: 'paid' | 'expired' | 'lost'): string {
  const texts = TEXTS[view.language];
  const say = saying(view);
  const back = notice === 'paid' ? view.session.successUrl : (view.session.cancelUrl ?? view.session.successUrl);
  const title = notice === 'lost' ? texts.lostTitle : say(texts.payTo);
  const body = html`${top(view)}<main><section><h1>${title}</h1><p>${say(texts[notice])}</p><p><a href="${back}">${view.simulator.merchant}</a></p></section></main>`;
  return page(view.language, title, body);
}

export function renderNotFound(language: Language): string {
  const texts = TEXTS[language];
  return page(language, texts.notFound, html`${top({ language })}<main><section><h1>${texts.notFound}</h1></section></main>`);
}
