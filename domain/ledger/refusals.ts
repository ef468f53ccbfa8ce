import { declareRefusals } from '#platform/refusals';

export const { catalogue: ledgerRefusals, refuse } = declareRefusals({
  'ledger.balance_short': { status: 402, operator: 'The money balance does not cover the amount.' },
});
