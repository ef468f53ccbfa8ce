/**
 * A market is where one currency, one tax rule and one local day hold. Its terms are versioned with dates: an order names
 * the market version it was sold under, and that version stays readable for ever.
 */
import type { Money, Ratio } from '#domain/money';
import type { Language } from '#platform/messages';
import type { Network } from './network.ts';

/** One name in each language we speak; all are required, so that no page falls back to another language. */
export type Names = Readonly<Record<Language, string>>;

/** `day` is 24 hours; month and year follow the calendar (`endOfPeriod`). */
export type Period = { readonly unit: 'day' | 'month' | 'year'; readonly count: number };

export type Market = {
  /** "US". */
  readonly code: string;
  /** 1, 2, 3 … */
  readonly version: number;
  readonly validFrom: Date;
  /** Exclusive; null while nothing follows. */
  readonly validUntil: Date | null;
  readonly names: Names;
  readonly currency: string;
  /** The ones offered here, the first the default. */
  readonly languages: readonly Language[];
  /** IANA, for example "America/New_York": where its days begin and end. */
  readonly zone: string;
  readonly taxPoint: TaxPoint;
  readonly pricesIncludeTax: boolean;
  readonly taxRounding: TaxRounding;
  readonly taxRegions: readonly TaxRegion[];
  /** Code of the region for a line whose postcode is unknown or in no range. */
  readonly taxRegionDefault: string;
  /** Also sold as products: see `TopUp`. */
  readonly topUp: {
    readonly presets: readonly Money[];
    readonly min: Money;
    readonly max: Money;
    /** Use that takes the balance below this is told of; absent: nothing is. */
    readonly remindBelow?: Money;
  };
  readonly lifecycle: Lifecycle;
  /** Receipts read `<prefix>-<slot>-<number>`; no two markets share one. */
  readonly receiptPrefix: string;
  readonly seller: Seller;
  /** The ways to pay offered on the provider's page, in the order shown. */
  readonly paymentChoices: readonly PaymentChoice[];
  /** Which general terms a customer accepts, for example "2026-01". */
  readonly termsVersion: string;
  /** Zones, services, destinations and tariff periods; absent where an operator said nothing of them. */
  readonly network?: Network;
};

/**
 * Never both. use: what is consumed is taxed, whatever pays for it; a top-up is untaxed stored value.
 * load: money is taxed when it comes in from outside; what the money balance pays for was taxed already.
 */
export type TaxPoint = 'use' | 'load';

/** line: each component of each line rounds on its own; document: each component rounds once a document (Japan). */
export type TaxRounding = 'line' | 'document';

export type TaxRegion = {
  /** "WA". */
  readonly code: string;
  readonly names: Names;
  /** Both ends belong to the range; compared as text of one length. */
  readonly postcodes: readonly { readonly from: string; readonly to: string }[];
  readonly components: readonly TaxComponent[];
};

/** A percentage of the price without tax, or a fixed amount once a sale. */
export type TaxComponent =
  | { readonly kind: 'percentage'; readonly code: string; readonly names: Names; readonly rate: Ratio }
  | { readonly kind: 'fixed'; readonly code: string; readonly names: Names; readonly amount: Money };

/** How long a line stays in each state before the next: expired → suspended → parked → lost. */
export type Lifecycle = {
  /** After its plan ended: calls come in, renewing is one tap. */
  readonly expiredDays: number;
  /** Nothing works but renewing. */
  readonly suspendedDays: number;
  /** The number is kept, the SIM is off. */
  readonly parkedDays: number;
  /** How long a pay-as-you-go line lives after its last top-up. */
  readonly payAsYouGoDays: number;
};

/** Who sells, as a receipt must say it. */
export type Seller = { readonly name: string; readonly taxNumber: string; readonly address: readonly string[] };

export type PaymentChoice = 'card' | 'paypal' | 'apple_pay' | 'google_pay' | 'alipay' | 'wechat_pay';

/** Who the operator is to its customers; one for the whole house. */
export type Brand = {
  readonly name: string;
  /** "#0b7a75": the one colour pages are accented with. */
  readonly accent: string;
  readonly support: { readonly phone: string; readonly email: string; readonly website: string; readonly hours: Names };
  readonly languages: readonly Language[];
  /** Code of the market a visitor is in until something says otherwise. */
  readonly defaultMarket: string;
};
