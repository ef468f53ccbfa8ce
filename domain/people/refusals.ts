import { declareRefusals } from '#platform/refusals';

export const { catalogue: peopleRefusals, refuse } = declareRefusals({
  'people.link_used': { status: 410, operator: 'The sign-in link was used before or is too old.' },
});
