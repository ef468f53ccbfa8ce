// Who may know whom inside `domain/`: a folder imports from lower ranks only, and never from its own. The order is the
// business's: money and records know nothing, orders know everything that is sold, notices know what happened.

/** @type {Readonly<Record<string, number>>} */
export const RANKS = {
  money: 0,
  records: 0,
  ledger: 1,
  catalog: 1,
  people: 1,
  allowances: 2,
  rating: 2,
  lines: 3,
  sims: 3,
  payments: 3,
  promotions: 3,
  vouchers: 3,
  risk: 3,
  access: 4,
  policy: 4,
  charging: 5,
  orders: 6,
  notices: 7,
  care: 7,
  insights: 7,
};
