import { declareRefusals } from '#platform/refusals';

export const { catalogue: peopleRefusals, refuse } = declareRefusals({
  'people.link_used': { status: 410, operator: 'The sign-in link was used before or is too old.' },
  'people.email_invalid': { status: 422, operator: 'The text is not an e-mail address (RFC 5321 §4.1.2, without the quoted forms).' },
  'people.user_name_invalid': {
    status: 422,
    operator: 'A user name has 3 to 32 of a-z, 0-9, dot, dash, underscore, and begins with a letter.',
  },
  'people.name_taken': { status: 409, operator: 'Another person signs in by this user name, address or number.' },
  'people.code_wrong': { status: 422, operator: 'The code is not the one that was sent for this request.' },
  'people.code_spent': { status: 410, operator: 'The code was used, is too old, was tried too often, or is of another request.' },
  'people.too_many_codes': { status: 429, operator: 'The budget of codes for this contact, its prefix, this source, or of all is spent.' },
  'people.too_many_tries': { status: 429, operator: 'The budget of password or passkey tries for this name or source is spent.' },
  'people.nobody_here': { status: 404, operator: 'Nobody signs in by this contact; whoever reads this holds it.' },
  'people.terms_not_accepted': { status: 422, operator: 'The accepted terms are not the version in force.' },
  'people.password_short': { status: 422, operator: 'The password is shorter than the limit.' },
  'people.password_long': { status: 422, operator: 'The password is longer than the limit.' },
  'people.password_common': { status: 422, operator: 'The password is on the list of the most common ones, or one of those with a tail.' },
  'people.password_like_name': { status: 422, operator: 'The password is what the person is known by.' },
  'people.sign_in_wrong': { status: 401, operator: 'Name and password do not belong together; which of them is wrong is not said.' },
  'people.passkey_not_accepted': {
    status: 422,
    operator: 'The answer of the passkey does not verify, is repeated, or is of an unknown key.',
  },
  'people.passkey_known': { status: 409, operator: 'This passkey is registered already.' },
  'people.passkey_unknown': { status: 404, operator: 'The person has no such passkey.' },
  'people.sign_in_unknown': { status: 404, operator: 'The person has no such sign-in in force.' },
  'people.proof_needed': { status: 403, operator: 'The sign-in was proved too long ago for this change (step-up).' },
  'people.contact_unknown': { status: 404, operator: 'The person has no such contact, or its number has changed hands.' },
  'people.last_contact': { status: 409, operator: 'The only contact cannot be removed.' },
  'people.cooling_off': { status: 403, operator: 'How the person is reached changed a short time ago; what moves value waits.' },
});
