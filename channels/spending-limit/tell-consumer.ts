/** The other direction: a PCF is told what changed, and that there is nothing more to watch (TS 29.594 §4.2.4, §4.2.5). */
import type { PolicyDoors, TellOutcome, Watch } from '#domain/policy';
import type { SbiClient, SbiOutcome } from '#platform/sbi';
import { statusBody, supiOf } from './status-body.ts';

export function createSpendingLimitTeller(client: Pick<SbiClient, 'request'>): Pick<PolicyDoors, 'tell' | 'terminate'> {
  return {
    tell: async (watch, changed) => outcomeOf(await post(client, watch, 'notify', statusBody(watch, changed))),
    terminate: async (watch) => {
      const { notifyId } = watch;
      const body = { ...supiOf(watch), ...(notifyId === null ? {} : { notifId: notifyId }), termCause: 'REMOVED_SUBSCRIBER' };
      return outcomeOf(await post(client, watch, 'terminate', body));
    },
  };
}

/** A consumer that has moved says where to (307, 308); it is followed once. */
async function post(client: Pick<SbiClient, 'request'>, { notify }: Watch, what: string, body: object): Promise<SbiOutcome> {
  const url = `${(notify ?? '').replace(/\/+$/, '')}/${what}`;
  const outcome = await client.request({ method: 'POST', url, body });
  if (outcome.kind !== 'answered' || (outcome.status !== 307 && outcome.status !== 308)) return outcome;
  const { location } = outcome.headers;
  return location !== undefined && URL.canParse(location, url)
    ? client.request({ method: 'POST', url: new URL(location, url).href, body })
    : outcome;
}

/** Nothing there any more: it has forgotten the subscription. */
function outcomeOf(outcome: SbiOutcome): TellOutcome {
  if (outcome.kind !== 'answered') return 'failed';
  if (outcome.status >= 200 && outcome.status < 300) return 'told';
  return outcome.status === 404 || outcome.status === 410 ? 'unknown' : 'failed';
}
