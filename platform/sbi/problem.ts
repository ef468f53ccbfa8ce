/** ProblemDetails (TS 29.571 §5.2.4.1) with the causes that all services share (TS 29.500 §5.2.7.2). */
import type { SbiAnswer } from './route-set.ts';

export type InvalidParam = { readonly param: string; readonly reason?: string };

export type ProblemDetails = {
  readonly status: number;
  readonly title: string;
  /** Machine-readable. */
  readonly cause: string;
  readonly detail?: string;
  readonly invalidParams?: readonly InvalidParam[];
};

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export function problem(
  status: number,
  cause: string,
  detail?: string,
  more: { readonly invalidParams?: readonly InvalidParam[]; readonly headers?: Readonly<Record<string, string>> } = {},
): SbiAnswer {
  const { invalidParams = [], headers } = more;
  const body: ProblemDetails = {
    ...{ status, title: TITLES[status] ?? 'Error', cause },
    ...(detail === undefined ? {} : { detail }),
    ...(invalidParams.length === 0 ? {} : { invalidParams }),
  };
  return { status, body, ...(headers === undefined ? {} : { headers }) };
}

/** A body whose parts do not fit, each named as a JSON Pointer. `missing` says that a mandatory one is not there at all. */
export function invalidBody(invalidParams: readonly InvalidParam[], missing = false): SbiAnswer {
  const detail = invalidParams.map(({ param, reason }) => (reason === undefined ? param : `${param} ${reason}`)).join('; ');
  return problem(400, missing ? 'MANDATORY_IE_MISSING' : 'MANDATORY_IE_INCORRECT', detail, { invalidParams });
}
