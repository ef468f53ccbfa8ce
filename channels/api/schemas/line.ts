/** Lines and what is on sale for them. */
import Type from 'typebox';
import { LINE_STATES } from '#domain/lines';
import { exactly, named } from './named.ts';
import { Item } from './sale.ts';
import { Instant, Money, Period, Text, Whole } from './values.ts';

const Part = named(
  'Part',
  exactly({
    service: Type.String({ description: '"data", "voice", "message", or a class of data' }),
    zone: Text,
    unlimited: Type.Boolean(),
    quantity: Type.Optional(Whole),
    fullSpeedCap: Type.Optional(Whole),
    zeroRated: Type.Boolean(),
    shared: Type.Boolean(),
  }),
);

const Offer = named(
  'Offer',
  exactly({
    item: Item,
    name: Text,
    price: Money,
    tax: Money,
    total: Type.Unsafe<Type.Static<typeof Money>>({ $ref: 'Money#', description: 'what is paid from outside, tax included' }),
    usableUntil: Type.Optional(
      Type.Unsafe<Date>({ type: 'string', format: 'date-time', description: 'exclusive; told to those who may see the line' }),
    ),
  }),
);

const Remaining = named(
  'Remaining',
  exactly(
    { unlimited: Type.Boolean(), left: Type.Optional(Whole), granted: Type.Optional(Whole) },
    'At full speed; absent where unlimited.',
  ),
);

const Package = named(
  'Package',
  exactly({
    product: Text,
    name: Text,
    state: Type.Enum(['usable', 'waiting']),
    validFrom: Instant,
    validUntil: Instant,
    parts: Type.Array(
      exactly({
        service: Text,
        zone: Text,
        unlimited: Type.Boolean(),
        left: Type.Optional(Whole),
        granted: Type.Optional(Whole),
        zeroRated: Type.Boolean(),
        shared: Type.Boolean(),
        share: Type.Optional(
          exactly({ left: Whole, granted: Whole }, 'Of what is shared, where the line is capped: what it may use of it, and still may.'),
        ),
      }),
    ),
  }),
);

const Details = named(
  'LineDetails',
  exactly(
    {
      state: Type.Enum([...LINE_STATES]),
      stateSince: Instant,
      paidUntil: Type.Optional(Instant),
      numberLostAt: Type.Optional(
        Type.Unsafe<Date>({ type: 'string', format: 'date-time', description: 'when the number is lost if nothing is paid' }),
      ),
      balance: Money,
      data: exactly({
        speed: Type.Enum(['full', 'throttled', 'stopped']),
        remaining: Remaining,
        cap: Type.Optional(
          Type.Unsafe<bigint>({
            type: 'integer',
            minimum: 0,
            description: 'octets that the line may use of each package its account shares; absent where it is not capped',
          }),
        ),
        capReached: Type.Boolean({ description: 'nothing is left at full speed because of its cap: other lines of the account go on' }),
      }),
      voice: Remaining,
      message: Remaining,
      packages: Type.Array(Package),
      waiting: Type.Array(
        exactly({ product: Text, name: Text, starts: Type.Enum(['at_end', 'on_exhaustion']), startsAt: Instant, endsAt: Instant }),
      ),
    },
    'Only for those who may see the line.',
  ),
);

export const Line = named(
  'Line',
  exactly({
    access: Type.Enum(['guest', 'payer', 'user', 'owner'], { description: 'what the asker is to the line' }),
    number: Type.String({ description: 'masked, unless the asker may see the line' }),
    market: Text,
    zone: Text,
    now: Instant,
    plan: Type.Optional(exactly({ code: Text, name: Text })),
    renewal: Type.Optional(Offer),
    notRenewable: Type.Optional(exactly({ code: Text, title: Text }, 'Why the present plan cannot be renewed.')),
    packs: Type.Array(Offer),
    topUp: exactly({ presets: Type.Array(Offer), minimum: Money, maximum: Money }),
    details: Type.Optional(Details),
  }),
);

export const Lines = exactly({
  lines: Type.Array(
    exactly({
      number: Text,
      market: Text,
      access: Type.Enum(['payer', 'user', 'owner']),
      state: Type.Optional(Type.Enum([...LINE_STATES])),
      plan: Type.Optional(Text),
      paidUntil: Type.Optional(Instant),
    }),
  ),
});

const Plan = named(
  'Plan',
  exactly({
    code: Text,
    name: Text,
    price: Type.Optional(Money),
    period: Type.Optional(Period),
    parts: Type.Array(Part),
    whenUsedUp: exactly({ kind: Type.Enum(['throttle', 'stop', 'pay_as_you_go']), speedKbps: Type.Optional(Type.Integer()) }),
  }),
);
const Pack = named('Pack', exactly({ code: Text, name: Text, price: Money, validFor: Period, parts: Type.Array(Part) }));

export const Plans = named(
  'Plans',
  exactly({
    market: Text,
    currency: Text,
    zone: Text,
    pricesIncludeTax: Type.Boolean(),
    termsVersion: Text,
    paymentChoices: Type.Array(Text),
    plans: Type.Array(Plan),
    packs: Type.Array(Pack),
    topUp: exactly({ presets: Type.Array(Money), minimum: Money, maximum: Money }),
  }),
);

export const CapAsked = exactly({
  number: Type.String({ minLength: 1, maxLength: 40, description: 'a mobile number' }),
  octets: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
    description: 'of each package that the account shares, for as long as that is valid; null takes the cap away',
  }),
});

export const Cap = named(
  'LineCap',
  exactly({ number: Text, octets: Type.Optional(Whole), octetsBefore: Type.Optional(Whole) }, 'Without octets: not capped.'),
);
