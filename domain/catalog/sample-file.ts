/** The smallest operator file that says something, for tests, and who applies it; each call gives a new one to change. */
import type { OperatorFile } from './operator-file.ts';
import { sampleNames } from './sample-market.ts';

export const SAMPLE_BY = { actor: 'operator:ana', reason: 'for a test' };

export function sampleFile(): OperatorFile {
  return {
    brand: {
      name: 'Sample Mobile',
      accent: '#112233',
      support: { phone: '+12065550199', email: 'help@sample.example', website: 'https://sample.example', hours: sampleNames('always') },
      languages: ['en', 'es'],
      defaultMarket: 'US',
    },
    markets: [sampleMarketInFile()],
  };
}

export function sampleMarketInFile(): OperatorFile['markets'][number] {
  return {
    code: 'US',
    names: sampleNames('United States'),
    currency: 'USD',
    zone: 'America/New_York',
    languages: ['en'],
    seller: { name: 'Sample LLC', taxNumber: '1', address: ['Somewhere'] },
    receiptPrefix: 'US',
    termsVersion: '2026-01',
    paymentChoices: ['card'],
    tax: {
      point: 'load',
      pricesIncludeTax: false,
      rounding: 'line',
      defaultRegion: 'WA',
      regions: [
        { code: 'WA', names: sampleNames('Washington'), components: [{ code: 'sales', names: sampleNames('Sales tax'), rate: '6.5%' }] },
      ],
    },
    topUp: { names: sampleNames('Top-up'), presets: ['10'], min: '5', max: '200' },
    lifecycle: { expiredDays: 30, suspendedDays: 30, parkedDays: 30, payAsYouGoDays: 90 },
    plans: [
      {
        code: 'month-5gb',
        names: sampleNames('Monthly 5 GB'),
        price: '15.00',
        period: '1 month',
        parts: [{ service: 'data', quantity: '5 GB' }],
        whenUsedUp: 'throttle to 128 kbit/s',
      },
    ],
    packs: [
      {
        code: 'pack-1gb',
        names: sampleNames('1 GB pack'),
        price: '5.00',
        validFor: '30 days',
        parts: [{ service: 'data', quantity: '1 GB' }],
      },
    ],
  };
}
