/** What only a page can get wrong: an address that has grown old, a field that is not what it asks for. */
import { declareRefusals } from '#platform/refusals';

export const { catalogue: selfCareRefusals, refuse } = declareRefusals({
  'self-care.address_expired': {
    status: 410,
    operator: 'The address of the line was sealed more than half an hour ago, or was not sealed by us.',
  },
  'self-care.email_invalid': { status: 422, operator: 'What was typed is not an e-mail address.' },
  'self-care.sign_in_needed': { status: 401, operator: 'Nobody is signed in, and the page is of a person’s own.' },
  'self-care.not_yours': {
    status: 404,
    operator: 'The line is not there, or whoever is signed in may not see it: the same answer for both (S1).',
  },
  'self-care.file_unknown': { status: 404, operator: 'No table of that name has rows of this person.' },
  'self-care.share_not_understood': { status: 422, operator: 'What was typed as the share of a line is no quantity of data.' },
  'self-care.step_unknown': { status: 422, operator: 'The demonstration clock moves forward by minutes, hours, days or weeks: +1h, +3d.' },
});
