/**
 * What the driver asks of a node and what it is answered: the words of a client, nothing of the tables. The model is fed
 * by these alone, and by what the payment simulator says of itself.
 */
import type { AnyWay, ItemRequest, OrderState, Tender } from '#domain/orders';

/** Digits of a person's id; null for a guest. */
type Who = { readonly personId: bigint | null };

export type Ask =
  | { readonly ask: 'open_line'; readonly number: string; readonly plan: string }
  | ({ readonly ask: 'quote'; readonly number: string; readonly items: readonly ItemRequest[] } & Who)
  | ({ readonly ask: 'place'; readonly link: string; readonly key: string; readonly way: AnyWay } & Who)
  | ({ readonly ask: 'pay_again'; readonly link: string; readonly key: string; readonly way: AnyWay } & Who)
  | { readonly ask: 'order'; readonly link: string }
  | ({ readonly ask: 'cancel'; readonly link: string } & Who)
  | { readonly ask: 'refund'; readonly link: string; readonly key: string; readonly amountMinor: bigint | null }
  | { readonly ask: 'line'; readonly number: string; readonly personId: bigint };

export type OpenedLine = { readonly account: string; readonly personId: bigint };

export type QuoteAnswer = {
  readonly link: string;
  readonly order: string;
  readonly providerMinor: bigint;
  /** Null when the balance cannot pay it. */
  readonly balanceMinor: bigint | null;
  /** Of the items, what tops the balance up. */
  readonly topUpMinor: bigint;
};

export type OrderAnswer = {
  readonly order: string;
  readonly state: OrderState;
  readonly tender: Tender;
  /** Where the customer goes on paying. */
  readonly page: string | null;
  readonly receipt: string | null;
};

export type RefundAnswer = {
  readonly order: string;
  readonly state: OrderState;
  readonly creditNote: string;
  readonly amountMinor: bigint;
};

export type LineAnswer = {
  readonly state: string;
  readonly paidUntil: Date | null;
  readonly balanceMinor: bigint;
  readonly savedMethodId: bigint | null;
};

/**
 * What travels back: what was asked for, a refusal by its code, or nothing but that something broke. `databaseAway` is what
 * the doors answer with 503 and "ask again under the same key"; anything else would be a 500.
 */
export type Reply<Value = unknown> =
  | { readonly value: Value }
  | { readonly refused: string }
  | { readonly broken: string; readonly databaseAway: boolean };
