/** SpendingLimitContext (TS 29.594 §5.1.6.2.2) as it came, held against what it must be. */
import { type InvalidParam, invalidBody, type SbiAnswer } from '#platform/sbi';

export type SpendingLimitContext = {
  readonly imsi: string | null;
  readonly number: string | null;
  /** Null: all there are. */
  readonly counters: readonly string[] | null;
  readonly notify: string;
  readonly notifyId: string | null;
  readonly endsAt: Date | null;
  /** None of theirs is supported here; one that asks is told so. */
  readonly features: { readonly supportedFeatures?: string };
};

const TEXT_MAX = 1_000;
const COUNTERS_MAX = 100;
const NUL = String.fromCharCode(0);
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;

/** A subscription that is new names whom it is about; one that is replaced need not. Or the problem, with each part that does not fit. */
export function readContext(body: unknown, now: Date, kind: 'new' | 'replaced'): SpendingLimitContext | SbiAnswer {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return invalidBody([{ param: '', reason: 'is no object' }]);
  const { supi, gpsi, policyCounterIds, notifUri, notifId, expiry, supportedFeatures } = body as Readonly<Record<string, unknown>>;
  const wrong: InvalidParam[] = [];
  const text = (param: string, value: unknown, fits: (text: string) => boolean): string | null => {
    if (value === undefined) return null;
    if (typeof value === 'string' && value !== '' && value.length <= TEXT_MAX && !value.includes(NUL) && fits(value)) return value;
    wrong.push({ param, reason: 'does not fit' });
    return null;
  };
  const imsi = imsiOf(text('/supi', supi, () => true));
  const number = numberOf(text('/gpsi', gpsi, () => true));
  const notify = text('/notifUri', notifUri, isHttp);
  const notifyId = text('/notifId', notifId, () => true);
  const until = text('/expiry', expiry, (one) => DATE_TIME.test(one) && new Date(one) > now);
  text('/supportedFeatures', supportedFeatures, (one) => /^[a-f0-9]*$/i.test(one));
  const counters = countersOf(policyCounterIds, wrong);
  const missing = [
    ...(notifUri === undefined ? [{ param: '/notifUri', reason: 'is missing' }] : []),
    ...(kind === 'new' && supi === undefined && gpsi === undefined ? [{ param: '/supi', reason: 'is missing' }] : []),
  ];
  if (wrong.length > 0) return invalidBody(wrong);
  if (missing.length > 0 || notify === null) return invalidBody(missing, true);
  const features = supportedFeatures === undefined ? {} : { supportedFeatures: '0' };
  return { imsi, number, counters, notify, notifyId, endsAt: until === null ? null : new Date(until), features };
}

/** Of other kinds (a network specific identifier, of a cable or of a fixed line) none names a line here. */
function imsiOf(supi: string | null): string | null {
  return /^imsi-(\d{5,15})$/.exec(supi ?? '')?.[1] ?? null;
}

function numberOf(gpsi: string | null): string | null {
  const [, digits] = /^msisdn-(\d{5,15})$/.exec(gpsi ?? '') ?? [];
  return digits === undefined ? null : `+${digits}`;
}

function isHttp(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function countersOf(value: unknown, wrong: InvalidParam[]): readonly string[] | null {
  if (value === undefined) return null;
  const isText = (one: unknown) => typeof one === 'string' && one.length <= TEXT_MAX && !one.includes(NUL);
  if (Array.isArray(value) && value.length > 0 && value.length <= COUNTERS_MAX && value.every(isText))
    return [...new Set(value as string[])];
  wrong.push({ param: '/policyCounterIds', reason: 'is a list of names, at least one' });
  return null;
}
