/** What people who run the network's side are refused. What the network itself is answered stands in results.ts. */
import { declareRefusals } from '#platform/refusals';

export const { catalogue: chargingRefusals, refuse } = declareRefusals({
  'charging.peer_name_invalid': {
    status: 422,
    operator: "A peer's name is its Origin-Host, a domain name (RFC 6733 §4.3.1), or what a consumer of Nchf calls itself.",
  },
  'charging.peer_profile_unknown': { status: 422, operator: 'A peer has one of the profiles of domain/charging/profiles.ts.' },
  'charging.peer_from_anywhere': {
    status: 422,
    operator: 'A peer without TLS is let in from named addresses only: anybody could say its name.',
  },
  'charging.peer_unknown': { status: 404, operator: 'No peer has this name.' },
});
