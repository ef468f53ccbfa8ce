import { declareRefusals } from '#platform/refusals';

export const { catalogue: linesRefusals, refuse } = declareRefusals({
  'lines.number_invalid': { status: 422, operator: 'The text is not a phone number in E.164 or in the national form of the market.' },
  'lines.not_found': { status: 404, operator: 'No line has this number.' },
  'lines.number_taken': { status: 409, operator: 'Another line has this number.' },
  'lines.number_lost': { status: 409, operator: 'The line lost its number; nothing can be sold to it.' },
  'lines.not_in_service': { status: 409, operator: 'The line does not carry traffic: pending, expired, suspended, parked or lost.' },
  'lines.market_unknown': { status: 422, operator: 'The market or plan is not in the catalogue.' },
  'lines.plan_has_no_period': { status: 409, operator: 'Pay as you go has no period: it is topped up, not renewed or queued.' },
  'lines.nothing_to_follow': {
    status: 409,
    operator: 'The line has no running period that a queued plan could follow; renew or change instead.',
  },
  'lines.pack_needs_plan': { status: 409, operator: 'A pack needs a running plan; renew first.' },
});
