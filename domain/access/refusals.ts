import { declareRefusals } from '#platform/refusals';

export const { catalogue: accessRefusals, refuse } = declareRefusals({
  'access.not_allowed': { status: 403, operator: 'The asker may not do this on this line.' },
  'access.too_many_look_ups': { status: 429, operator: 'The look-up budget of this source, or of all sources, is spent for this window.' },
});
