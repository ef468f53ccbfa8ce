/** A Spending-Limit-Request or Session-Termination-Request as policy understands it (3GPP TS 29.219 §5.6.2, §5.6.6). */
import { type Message, type PeerConnection, readLineName } from '#channels/diameter';
import type { WatchRequest } from '#domain/policy';

export function readSpendingLimitRequest(message: Message, connection: PeerConnection): WatchRequest {
  // A relay's connection carries the requests of others, by their own names.
  const carried = connection.peer?.carriesOthers === true;
  const peer = carried ? message.get('Origin-Host') : connection.peer?.originHost;
  const { imsi, number } = readLineName(message);
  const counters = message.all('Policy-Counter-Identifier');
  return {
    door: 'sy',
    peer: (peer ?? '').toLowerCase(),
    reference: message.get('Session-Id') ?? '',
    realm: message.get('Origin-Realm') ?? null,
    ...{ notify: null, notifyId: null, endsAt: null },
    ...{ imsi: imsi ?? null, number: number ?? null },
    // §4.5.1: without a list, all counters there are for the line are meant.
    counters: counters.length === 0 ? null : [...new Set(counters)],
    originStateId: (carried ? message.get('Origin-State-Id') : connection.originStateId) ?? 0,
  };
}

const TEXT_MAX = 1_000;
const NUL = String.fromCharCode(0);

/** An AVP that nobody can keep, though its format allows it: too long for a name, or with a character that is none. */
export function findUnkeepable(message: Message): Buffer | undefined {
  if (isUnkeepable(message.get('Session-Id'))) return message.raw('Session-Id');
  const place = message.all('Subscription-Id').findIndex((one) => isUnkeepable(one.get('Subscription-Id-Data')));
  return place < 0 ? undefined : message.rawAll('Subscription-Id')[place];
}

function isUnkeepable(text: string | undefined): boolean {
  return text !== undefined && (text.length > TEXT_MAX || text.includes(NUL));
}
