/** One line of the audit trail (S4): who changed what, why, when, and what it was before and after. */
export type Entry = {
  readonly slot: number;
  readonly accountId: bigint;
  readonly entryId: bigint;
  /** `operator:<name>`, `person:<id>`, `guest`, `job:<name>`, `provider:<code>`. */
  readonly actor: string;
  /** `<folder>.<verb>`, e.g. `orders.refund`. */
  readonly action: string;
  /** What it was done to, as an id in its written form. */
  readonly subject: string;
  readonly reason?: string | undefined;
  readonly before?: object | undefined;
  readonly after?: object | undefined;
  readonly at: Date;
};

/** The same about what is of no one account: brand, markets, what is sold. Always with its reason. */
export type HouseEntry = Omit<Entry, 'slot' | 'accountId' | 'reason'> & { readonly reason: string };
