/** SpendingLimitStatus (TS 29.594 §5.1.6.2.3): the counters as they stand, by their names. */
import type { Statuses, Watch } from '#domain/policy';

export function statusBody(
  { imsi, number, notifyId }: Pick<Watch, 'imsi' | 'number' | 'notifyId'>,
  statuses: Statuses,
  endsAt: Date | null = null,
): object {
  return {
    ...supiOf({ imsi, number }),
    ...(notifyId === null ? {} : { notifId: notifyId }),
    statusInfos: Object.fromEntries(
      Object.entries(statuses).map(([counter, status]) => [counter, { policyCounterId: counter, currentStatus: status }]),
    ),
    ...(endsAt === null ? {} : { expiry: endsAt.toISOString() }),
  };
}

/** Of a line that was named by its number alone the SUPI is not known here. */
export function supiOf({ imsi }: Pick<Watch, 'imsi' | 'number'>): { readonly supi?: string } {
  return imsi === null ? {} : { supi: `imsi-${imsi}` };
}
