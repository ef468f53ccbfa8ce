/** What only a program that calls us can get wrong. */
import { declareRefusals } from '#platform/refusals';

export const { catalogue: apiRefusals, refuse } = declareRefusals({
  'api.not_set_up': {
    status: 503,
    operator: 'This installation has no operator yet: nothing is sold. Its owner runs "npx everline operator apply <file>".',
  },
  'api.sign_in_unknown': {
    status: 401,
    operator: 'The Authorization header holds no sign-in that is in force; send "Bearer <secret>", or none to ask as a guest.',
  },
  'api.sign_in_needed': { status: 401, operator: 'This is answered to somebody who is signed in only.' },
});
