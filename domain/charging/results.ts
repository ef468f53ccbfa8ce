/**
 * How a request can end, once for all doors: the Result-Code of Diameter (RFC 6733 §7.1, RFC 8506 §9) and the answer of
 * Nchf (3GPP TS 32.291 §6.1.7.3), with the cause as the operator reads it.
 */
export type ResultEntry = {
  readonly diameter: number;
  /** Status and cause of the ProblemDetails, or null where the answer itself carries it. */
  readonly http: { readonly status: 400 | 403 | 404 | 503; readonly cause: string } | null;
  /** ResultCode of one rating group in an answer (TS 32.291 §6.1.6.3.14). */
  readonly nchf: string;
  readonly operator: string;
};

export const RESULTS = {
  success: { diameter: 2001, http: null, nchf: 'SUCCESS', operator: 'The request was done.' },
  service_denied: {
    diameter: 4010,
    http: { status: 403, cause: 'END_USER_REQUEST_DENIED' },
    nchf: 'END_USER_SERVICE_DENIED',
    operator: 'The line is in no state to be served: pending, expired, suspended, parked or lost.',
  },
  not_applicable: {
    diameter: 4011,
    http: null,
    nchf: 'QUOTA_MANAGEMENT_NOT_APPLICABLE',
    operator: 'The service is free and needs no credit control.',
  },
  credit_limit_reached: {
    diameter: 4012,
    http: { status: 403, cause: 'QUOTA_LIMIT_REACHED' },
    nchf: 'QUOTA_LIMIT_REACHED',
    operator: 'Nothing is left for this service: no allowance, no throttled remainder and no money.',
  },
  unknown_session: {
    diameter: 5002,
    http: { status: 404, cause: 'CHARGING_SESSION_NOT_FOUND' },
    nchf: 'END_USER_SERVICE_REJECTED',
    operator: 'The peer named a session that it never began, or that has ended.',
  },
  user_unknown: {
    diameter: 5030,
    http: { status: 404, cause: 'USER_UNKNOWN' },
    nchf: 'USER_UNKNOWN',
    operator: 'No line has this IMSI or number.',
  },
  rating_failed: {
    diameter: 5031,
    http: { status: 400, cause: 'CHARGING_FAILED' },
    nchf: 'RATING_FAILED',
    operator: 'What was used has no service, zone or price here: a rating group or destination that the market does not know.',
  },
  busy: {
    diameter: 3004,
    http: { status: 503, cause: 'NF_CONGESTION' },
    nchf: 'END_USER_SERVICE_REJECTED',
    operator: 'The request could not be answered in time: the database is away, or more came than one node carries.',
  },
} as const satisfies Record<string, ResultEntry>;

export type ChargingResult = keyof typeof RESULTS;
