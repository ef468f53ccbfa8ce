/** What is asked for, priced, ordered and paid. */
import Type from 'typebox';
import { ORDER_STANDINGS } from '#domain/orders';
import { DECLINE_REASONS, PAYMENT_CHOICES } from '#domain/payments';
import { exactly, named } from './named.ts';
import { Instant, LanguageCode, Money, Secret, Text } from './values.ts';

const product = Type.String({ minLength: 1, maxLength: 40, description: 'the code of a product of /plans' });
const kind = <const Kind extends string>(name: Kind) => Type.Literal(name);

const ItemUnion = Type.Union([
  exactly({ kind: kind('renew') }, 'the present plan again'),
  exactly({ kind: kind('change'), product }, 'another plan, now'),
  exactly(
    {
      kind: kind('queue'),
      product,
      starts: Type.Enum(['at_end', 'on_exhaustion'], { description: 'at the end of the present plan, or when its data is used up' }),
    },
    'a plan behind the present one',
  ),
  exactly({ kind: kind('pack'), product }, 'a pack beside the plan'),
  exactly({ kind: kind('top_up'), amount: Money }, 'money onto the balance'),
]);
/** Told apart by `kind`, so that an error is about the one that was meant. */
export const Item = Type.Unsafe<Type.Static<typeof ItemUnion>>({
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: ItemUnion.anyOf,
});

const WayUnion = Type.Union([
  exactly(
    {
      kind: kind('page'),
      choice: Type.Optional(Type.Enum([...PAYMENT_CHOICES])),
      saveMethod: Type.Optional(Type.Boolean({ description: 'keep the method for later; signed in only' })),
    },
    'the payment provider’s page',
  ),
  exactly(
    { kind: kind('saved'), method: Type.String({ maxLength: 40, description: 'a `method` of the quote’s ways' }) },
    'a method kept before',
  ),
  exactly({ kind: kind('balance') }, 'the money balance of the line'),
]);
export const Way = Type.Unsafe<Type.Static<typeof WayUnion>>({
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: WayUnion.anyOf,
});

export const QuoteRequest = exactly({
  number: Type.String({ minLength: 1, maxLength: 40, description: 'the line’s number; without + it is read in the default market' }),
  items: Type.Array(Item, { minItems: 1, maxItems: 5, description: 'one to five items, at most one of them a plan' }),
});

export const OrderRequest = exactly({
  quote: Secret,
  way: Way,
  acceptedTerms: Type.String({ maxLength: 40, description: 'the version of the terms that was accepted: `termsVersion` of the quote' }),
  language: Type.Optional(LanguageCode),
  email: Type.Optional(
    Type.String({ maxLength: 254, pattern: '^[^\\s@]{1,64}@[^\\s@]+\\.[^\\s@]+$', description: 'an e-mail address, for the receipt' }),
  ),
});

export const PayRequest = exactly({ way: Way });

const SoldItem = named(
  'SoldItem',
  exactly({
    kind: Type.Enum(['renew', 'change', 'queue', 'pack', 'top_up']),
    product: Text,
    name: Text,
    price: Money,
    usableFrom: Type.Optional(Instant),
    usableUntil: Type.Optional(
      Type.Unsafe<Date>({ type: 'string', format: 'date-time', description: 'exclusive; told to those who may see the line' }),
    ),
  }),
);

const Tax = named(
  'Tax',
  exactly({
    name: Text,
    rate: Type.Optional(Type.String({ description: '"8.75%"; absent for a fixed amount' })),
    amount: Money,
    included: Type.Boolean(),
  }),
);

const sum = { items: Type.Array(SoldItem), taxes: Type.Array(Tax), total: Money };

const OfferedWay = named(
  'OfferedWay',
  exactly({
    kind: Type.Enum(['page', 'saved', 'balance']),
    choice: Type.Optional(Type.Enum([...PAYMENT_CHOICES])),
    method: Type.Optional(Type.String({ description: 'to be sent with a saved way' })),
    label: Type.Optional(Type.String({ description: 'the method in words' })),
    total: Type.Optional(
      Type.Unsafe<Type.Static<typeof Money>>({ $ref: 'Money#', description: 'what it costs this way, where that differs' }),
    ),
    short: Type.Optional(Type.Unsafe<Type.Static<typeof Money>>({ $ref: 'Money#', description: 'what the balance lacks' })),
  }),
);

export const Quote = named(
  'Quote',
  exactly({
    secret: Secret,
    number: Type.String({ description: 'masked, unless the asker may see the line' }),
    zone: Type.String({ description: 'IANA zone of the market' }),
    expiresAt: Instant,
    ...sum,
    ways: Type.Array(OfferedWay),
    termsVersion: Text,
    rules: Type.Array(Text, { description: 'what will change and when, and the rules it follows: to be shown before paying' }),
    warnings: Type.Array(Text),
    order: Type.Optional(Type.String({ description: 'the secret of the order that was made from it' })),
  }),
);

const Stage = named(
  'Stage',
  exactly({
    stage: Type.Enum(['paid', 'applied', 'notified', 'confirmed']),
    state: Type.Enum(['waiting', 'running', 'done', 'failed', 'idle']),
    ms: Type.Optional(
      Type.Integer({ minimum: 0, description: 'how long it took, or has been running; `confirmed` (by the network) since the payment' }),
    ),
  }),
);

const PaidWay = named(
  'PaidWay',
  exactly(
    { kind: Type.Enum(['page', 'saved', 'balance']), method: Type.Optional(Text), label: Type.Optional(Text) },
    'How it was paid, or is to be.',
  ),
);

export const Order = named(
  'Order',
  exactly({
    secret: Secret,
    id: Type.String({ description: '`ord_…`: what a person reads out on the phone' }),
    page: Type.String({ format: 'uri', description: 'its page for people' }),
    state: Type.Enum([...ORDER_STANDINGS]),
    number: Text,
    zone: Text,
    placedAt: Instant,
    ...sum,
    way: PaidWay,
    stages: Type.Array(Stage),
    decline: Type.Optional(exactly({ reason: Type.Enum([...DECLINE_REASONS, 'page_expired']), title: Text })),
    paymentPage: Type.Optional(Type.String({ format: 'uri', description: 'where the customer pays; only while it is open' })),
    payable: Type.Boolean({ description: 'whether it can be paid, or paid in another way' }),
    cancellable: Type.Boolean(),
    effects: Type.Array(Text, { description: 'what is true now because of it' }),
    warnings: Type.Array(Text),
    receiptNumber: Type.Optional(Text),
    refunded: Type.Optional(Money),
  }),
);

export const Receipt = named(
  'Receipt',
  exactly({
    receiptNumber: Text,
    order: Text,
    issuedAt: Instant,
    zone: Text,
    seller: exactly({ name: Text, taxNumber: Text, address: Type.Array(Text) }),
    number: Text,
    items: Type.Array(exactly({ kind: Text, name: Text, price: Money })),
    taxes: Type.Array(Tax),
    total: Money,
    way: PaidWay,
    creditNotes: Type.Array(exactly({ number: Text, issuedAt: Instant, amount: Money })),
  }),
);
