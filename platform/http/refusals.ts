/** What is wrong with a request before any use case sees it. Values: see each. */
import { declareRefusals } from '#platform/refusals';

export const { catalogue: httpRefusals, refuse } = declareRefusals({
  'http.not_found': { status: 404, operator: 'No route has this method and address.' },
  'http.request_invalid': { status: 400, operator: 'The request does not have the shape its route states; `errors` says where.' },
  'http.body_unreadable': { status: 400, operator: 'The body is not JSON, or is empty where JSON was announced.' },
  'http.body_too_large': { status: 413, operator: 'The body is larger than its route takes.' },
  'http.media_type_unknown': { status: 415, operator: 'The body is of a type that its route does not take; send application/json.' },
  'http.unavailable': { status: 503, operator: 'The database cannot be reached; the request may be sent again under the same key.' },
});
