/** SpendingLimitStatus (TS 29.594 §5.1.6.2.3): the counters as they stand and will stand, by their names. */
import type { CounterStatus, Statuses, Watch } from '#domain/policy';

export function statusBody(
  { imsi, number, notifyId }: Pick<Watch, 'imsi' | 'number' | 'notifyId'>,
  statuses: Statuses,
  endsAt: Date | null = null,
): object {
  return {
    ...supiOf({ imsi, number }),
    ...(notifyId === null ? {} : { notifId: notifyId }),
    statusInfos: Object.fromEntries(Object.entries(statuses).map(([counter, status]) => [counter, counterInfo(counter, status)])),
    ...(endsAt === null ? {} : { expiry: endsAt.toISOString() }),
  };
}

/** PolicyCounterInfo (§5.1.6.2.4); a list of pending ones has one at least. */
function counterInfo(counter: string, { status, pending }: CounterStatus): object {
  const ahead = pending.map((one) => ({ policyCounterStatus: one.status, activationTime: one.at.toISOString() }));
  return { policyCounterId: counter, currentStatus: status, ...(ahead.length === 0 ? {} : { penPolCounterStatuses: ahead }) };
}

/** Of a line that was named by its number alone the SUPI is not known here. */
export function supiOf({ imsi }: Pick<Watch, 'imsi' | 'number'>): { readonly supi?: string } {
  return imsi === null ? {} : { supi: `imsi-${imsi}` };
}
