export { dropExpiredHolds, endHold, type HoldRequest, holdMoney, sweepExpiredHolds } from './hold-money.ts';
export { type Account, type AccountKey, available, BALANCE, instantUnder, type Leg, type Posting } from './ledger.ts';
export { lockAccount, openAccount, readAccount } from './lock-account.ts';
export { postTransaction, readPostings } from './post-transaction.ts';
export { findUnreconciled, type HouseTotal, readHouseTotals, rollUpHouse, type Unreconciled } from './reconcile-ledger.ts';
