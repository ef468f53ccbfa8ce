import { declareRefusals } from '#platform/refusals';

export const { catalogue: allowancesRefusals, refuse } = declareRefusals({
  'allowances.key_reused': {
    status: 409,
    operator: 'A report of use came under a key that was used before with other content; nothing was debited.',
  },
});
