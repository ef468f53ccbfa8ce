/**
 * The file an operator writes: who they are, where they sell, what, and for how much. JSON; amounts are decimal text
 * ("15.00"), quantities are text with a unit ("5 GB"). A `description` here is what a refusal says is expected.
 */
import Type, { type Static } from 'typebox';
import { amount, code, day, exactly, languages, marketCode, names, quantity, service, tariffCode, word, zone } from './fields-in-file.ts';
import { network } from './network-in-file.ts';

const part = exactly(
  {
    service,
    zone: Type.Optional(zone),
    quantity,
    fullSpeedCap: Type.Optional(Type.String({ description: 'how much of the data goes at full speed, like "50 GB"' })),
    zeroRated: Type.Optional(Type.Boolean()),
    shared: Type.Optional(Type.Boolean()),
  },
  'a part: service, quantity, and where needed zone, fullSpeedCap, zeroRated, shared',
);

const increment = exactly(
  {
    first: Type.String({ description: 'what is charged as soon as anything is used, like "1 min"' }),
    next: Type.String({ description: 'what is charged from then on as soon as it is started, like "1 s"' }),
  },
  'an increment: first, next',
);

const rate = exactly(
  {
    service,
    zone: Type.Optional(zone),
    price: amount,
    per: Type.String({ description: 'what the price is for, like "1 MB", "1 min", "1 message"' }),
    tariff: Type.Optional(tariffCode),
    increment: Type.Optional(increment),
  },
  'a rate: service, price, per, and where needed zone, tariff, increment',
);

const sold = {
  code,
  names,
  firstDay: Type.Optional(day),
  lastDay: Type.Optional(day),
  parts: Type.Optional(Type.Array(part, { maxItems: 20, description: 'up to 20 parts' })),
};

const period = Type.String({ description: 'a period like "1 day", "30 days", "1 month", "1 year"' });

const plan = exactly(
  {
    ...sold,
    price: Type.Optional(amount),
    period: Type.Optional(period),
    whenUsedUp: Type.String({ description: '"throttle to 128 kbit/s" (or another speed), "stop" or "pay as you go"' }),
    rates: Type.Optional(Type.Array(rate, { maxItems: 200, description: 'up to 200 rates' })),
    apart: Type.Optional(
      Type.Array(service, { maxItems: 20, uniqueItems: true, description: 'classes of data that only parts naming them serve, each once' }),
    ),
  },
  'a plan: code, names, price and period (neither for pay as you go), parts, whenUsedUp, rates, apart',
);

const pack = exactly({ ...sold, price: amount, validFor: period }, 'a pack: code, names, price, validFor, parts');

const component = exactly(
  {
    code,
    names,
    rate: Type.Optional(Type.String({ description: 'a percentage like "8.75%"' })),
    amount: Type.Optional(amount),
  },
  'a tax component: code, names, and either rate ("8.75%") or amount per sale ("0.75")',
);

const region = exactly(
  {
    code: Type.String({ pattern: '^[A-Z0-9][A-Z0-9-]{0,15}$', description: 'a code of capitals, digits and hyphens, like "WA"' }),
    names,
    postcodes: Type.Optional(
      Type.Array(
        Type.Array(Type.String({ pattern: '^[A-Z0-9]{1,10}$', description: 'the capitals and digits a postcode begins with' }), {
          minItems: 2,
          maxItems: 2,
        }),
        { maxItems: 2000, description: 'ranges of postcodes, each ["98001", "99403"]' },
      ),
    ),
    components: Type.Array(component, { maxItems: 12, description: 'up to 12 tax components' }),
  },
  'a tax region: code, names, postcodes, components',
);

const days = Type.Integer({ minimum: 1, maximum: 3650, description: 'a whole number of days from 1 to 3650' });

const market = exactly(
  {
    code: marketCode,
    names,
    firstDay: Type.Optional(day),
    currency: Type.String({ description: 'an ISO 4217 currency like "USD"' }),
    zone: Type.String({ description: 'an IANA time zone like "America/New_York"' }),
    languages,
    seller: exactly(
      {
        name: word(120, 'the legal name'),
        taxNumber: word(60, 'the tax number, as receipts print it'),
        address: Type.Array(word(120, 'a line'), { minItems: 1, maxItems: 8, description: 'one to eight lines' }),
      },
      'the seller: name, taxNumber, address',
    ),
    receiptPrefix: Type.String({ pattern: '^[A-Z]{2,6}$', description: 'two to six capitals that begin a receipt number' }),
    termsVersion: word(40, 'which general terms hold, like "2026-01"'),
    paymentChoices: Type.Array(
      Type.Enum(['card', 'paypal', 'apple_pay', 'google_pay', 'alipay', 'wechat_pay'], {
        description: 'one of card, paypal, apple_pay, google_pay, alipay, wechat_pay',
      }),
      { minItems: 1, uniqueItems: true, description: 'ways to pay, each once' },
    ),
    tax: exactly(
      {
        point: Type.Enum(['use', 'load'], { description: '"use" or "load"' }),
        pricesIncludeTax: Type.Boolean(),
        rounding: Type.Enum(['line', 'document'], { description: '"line" or "document"' }),
        defaultRegion: Type.String({ description: 'the code of one of the regions' }),
        regions: Type.Array(region, { minItems: 1, maxItems: 500, description: 'one to 500 tax regions' }),
      },
      'tax: point, pricesIncludeTax, rounding, defaultRegion, regions',
    ),
    topUp: exactly(
      {
        names,
        presets: Type.Array(amount, { maxItems: 10, uniqueItems: true, description: 'up to 10 amounts, each once' }),
        min: amount,
        max: amount,
        remindBelow: Type.Optional(amount),
      },
      'topUp: names, presets, min, max, and where wanted remindBelow',
    ),
    lifecycle: exactly(
      { expiredDays: days, suspendedDays: days, parkedDays: days, payAsYouGoDays: days },
      'lifecycle: expiredDays, suspendedDays, parkedDays, payAsYouGoDays',
    ),
    network: Type.Optional(network),
    plans: Type.Array(plan, { maxItems: 200, description: 'up to 200 plans' }),
    packs: Type.Array(pack, { maxItems: 200, description: 'up to 200 packs' }),
  },
  'a market: code, names, currency, zone, languages, seller, receiptPrefix, termsVersion, paymentChoices, tax, topUp, lifecycle, network, plans, packs',
);

export const operatorFileSchema = exactly(
  {
    brand: exactly(
      {
        name: word(60, 'the name customers know'),
        accent: Type.String({ pattern: '^#[0-9a-fA-F]{6}$', description: 'a colour like "#0b7a75"' }),
        support: exactly(
          {
            phone: Type.String({ pattern: '^\\+[1-9]\\d{6,14}$', description: 'a number with its country, like "+12065550100"' }),
            email: Type.String({ pattern: '^[^@\\s]+@[^@\\s]+$', description: 'an e-mail address' }),
            website: Type.String({ pattern: '^https://\\S+$', description: 'an address that begins with https://' }),
            hours: names,
          },
          'support: phone, email, website, hours',
        ),
        languages,
        defaultMarket: marketCode,
      },
      'the brand: name, accent, support, languages, defaultMarket',
    ),
    markets: Type.Array(market, { minItems: 1, maxItems: 50, description: 'one to 50 markets' }),
  },
  'an operator file: brand and markets',
);

export type OperatorFile = Static<typeof operatorFileSchema>;
export type MarketInFile = Static<typeof market>;
export type PlanInFile = Static<typeof plan>;
export type PackInFile = Static<typeof pack>;
export type PartInFile = Static<typeof part>;
export type RateInFile = Static<typeof rate>;
export type RegionInFile = Static<typeof region>;
export type ComponentInFile = Static<typeof component>;
