import { declareRefusals } from '#platform/refusals';

export const { catalogue: accessRefusals, refuse } = declareRefusals({
  'access.not_allowed': { status: 403, operator: 'The asker may not do this on this line.' },
  'access.too_many_look_ups': { status: 429, operator: 'The look-up budget of this source, or of all sources, is spent for this window.' },
  'access.too_many_tries': { status: 429, operator: 'The budget of tries at activation codes of this person or source is spent.' },
  'access.activation_code_unknown': {
    status: 422,
    operator: 'No SIM has this activation code, it is used, its SIM is in no line, or the line has an owner.',
  },
  'access.account_shared': {
    status: 409,
    operator: 'Several lines share the account: who holds one of them gains nothing over the others.',
  },
  'access.member_unknown': { status: 404, operator: 'The person has nothing to do with the account, or is its owner.' },
});
