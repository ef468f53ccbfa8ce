/** Two sales as orders keeps them, in the US and in Japan, and a credit note: what this folder's tests draw. */
import type { Names, TaxDocument, TaxTotal } from '#domain/catalog';
import { type Money, money, ratio } from '#domain/money';
import type { Language } from '#platform/messages';
import type { CreditNote, Receipt, ReceiptReading } from './compose-receipt.ts';

const names = (en: string, es: string, hans: string, hant: string): Names => ({ en, es, 'zh-Hans': hans, 'zh-Hant': hant });
const usd = (minor: bigint) => money('USD', minor);
const yen = (minor: bigint) => money('JPY', minor);

const salesTax: TaxTotal = {
  code: 'sales',
  names: names('Sales tax', 'Impuesto sobre ventas', '销售税', '銷售稅'),
  rate: ratio(8_875n, 100_000n),
  amount: usd(177n),
};
const e911: TaxTotal = { code: 'e911', names: names('E911 fee', 'Cargo E911', 'E911 费', 'E911 費'), rate: null, amount: usd(25n) };
const item = (net: Money, tax: Money, taxes: { code: string; amount: Money }[]) => ({
  kind: 'plan' as const,
  price: net,
  fromBalance: money(net.currency, 0n),
  net,
  taxes,
  tax,
  gross: money(net.currency, net.minor + tax.minor),
});

const sale: TaxDocument = {
  market: 'US',
  marketVersion: 1,
  taxRegion: 'NY',
  pricesIncludeTax: false,
  items: [
    item(usd(1500n), usd(158n), [
      { code: 'sales', amount: usd(133n) },
      { code: 'e911', amount: usd(25n) },
    ]),
    item(usd(500n), usd(44n), [{ code: 'sales', amount: usd(44n) }]),
  ],
  taxes: [salesTax, e911],
  taxable: usd(2000n),
  net: usd(2000n),
  tax: usd(202n),
  total: usd(2202n),
};

export const sampleReceipt: Receipt = {
  kind: 'receipt',
  key: '',
  documentNumber: 'US-417-000123',
  issuedAt: new Date('2026-11-21T17:05:00Z'),
  content: {
    number: '+12065550142',
    zone: 'America/New_York',
    seller: { name: 'Northwind Mobile LLC', taxNumber: '91-0000000', address: ['1 Pier', 'Seattle, WA 98101'] },
    items: [
      { names: names('Monthly 5 GB', 'Mensual 5 GB', '月租 5 GB', '月租 5 GB'), kind: 'renew' },
      { names: names('Data pack 1 GB', 'Paquete de datos 1 GB', '流量包 1 GB', '流量包 1 GB'), kind: 'pack' },
    ],
    sum: sale,
    tender: 'provider',
    method: { kind: 'card', brand: 'visa', last4: '4242' },
  },
};

export const sampleCreditNote: CreditNote = {
  kind: 'credit_note',
  key: 'refund-1',
  documentNumber: 'US-417-C-000007',
  issuedAt: new Date('2026-11-23T15:00:00Z'),
  content: {
    zone: 'America/New_York',
    seller: sampleReceipt.content.seller,
    receiptNumber: 'US-417-000123',
    reason: 'asked',
    asked: { kind: 'items', items: [{ itemNo: 1, amount: null }] },
    sum: {
      items: [{ itemNo: 1, net: usd(500n), taxes: [{ code: 'sales', amount: usd(44n) }], tax: usd(44n), gross: usd(544n) }],
      taxes: [{ ...salesTax, amount: usd(44n) }],
      net: usd(500n),
      tax: usd(44n),
      total: usd(544n),
    },
  },
};

const consumptionTax: TaxTotal = {
  code: 'shohizei',
  names: names('Consumption tax', 'Impuesto al consumo', '消费税', '消費稅'),
  rate: ratio(10n, 100n),
  amount: yen(198n),
};

/** Prices include tax, reckoned once a document; the seller is registered. */
export const sampleJapaneseReceipt: Receipt = {
  ...sampleReceipt,
  documentNumber: 'JP-417-000045',
  content: {
    ...sampleReceipt.content,
    number: '+819012345678',
    zone: 'Asia/Tokyo',
    seller: { name: 'ノースウィンド・モバイル株式会社', taxNumber: 'T1234567890123', address: ['東京都渋谷区神南1-2-3'] },
    items: sampleReceipt.content.items.slice(0, 1),
    sum: {
      ...sale,
      market: 'JP',
      pricesIncludeTax: true,
      items: [item(yen(1982n), yen(198n), [{ code: 'shohizei', amount: yen(198n) }])],
      taxes: [consumptionTax],
      taxable: yen(1982n),
      net: yen(1982n),
      tax: yen(198n),
      total: yen(2180n),
    },
    method: { kind: 'alipay' },
  },
};

export function sampleReading(language: Language, change: Partial<ReceiptReading> = {}): ReceiptReading {
  return {
    language,
    brand: { name: 'Northwind Mobile', accent: '#0b7a75' },
    isNumberMasked: false,
    orderNumber: '0000-0003-NQK8N',
    url: 'https://renew.northwind.example/o/dGhpcyBpcyBhIHNlY3JldA/receipt',
    ...change,
  };
}
