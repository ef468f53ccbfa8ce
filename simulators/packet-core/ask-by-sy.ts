/** The policy function's requests over Sy (3GPP TS 29.219), on the connection of the charging system, which here is both. */
import { type Answer, APPLICATION, type Avps, avp, type Message, RESULT, valuesOf } from '#channels/diameter';
import type { GyLink } from './gy-link.ts';
import { COUNTER, type PolicyDoor, type PolicyFunction, type PolicyStatus } from './policy-function.ts';

const SUBSCRIPTION = valuesOf('Subscription-Id-Type');
const TYPE = valuesOf('SL-Request-Type');
/** Bit of SN-Request-Type (TS 29.219 §5.3.7). */
const ABORT_SESSION_REQUEST = 2;

export function syDoor(link: Pick<GyLink, 'ask' | 'isConnected' | 'realm'>): PolicyDoor {
  const head = (name: string): Avps => [
    avp('Session-Id', name),
    avp('Destination-Realm', link.realm ?? ''),
    avp('Auth-Application-Id', APPLICATION.SY),
  ];
  return {
    get isConnected() {
      return link.isConnected;
    },
    async open(name, { imsi, e164 }) {
      const outcome = await link.ask('Spending-Limit', [
        ...head(name),
        avp('SL-Request-Type', TYPE.INITIAL_REQUEST),
        avp('Subscription-Id', [avp('Subscription-Id-Type', SUBSCRIPTION.END_USER_IMSI), avp('Subscription-Id-Data', imsi)]),
        e164 === undefined
          ? undefined
          : avp('Subscription-Id', [
              avp('Subscription-Id-Type', SUBSCRIPTION.END_USER_E164),
              avp('Subscription-Id-Data', e164.replace(/^\+/, '')),
            ]),
        avp('Policy-Counter-Identifier', COUNTER),
      ]);
      if (outcome.kind !== 'answered' || outcome.answer.get('Result-Code') !== RESULT.SUCCESS) return undefined;
      return statusIn(outcome.answer) ?? { status: undefined, pending: [] };
    },
    async end(name) {
      await link.ask('Session-Termination', [...head(name), avp('Termination-Cause', valuesOf('Termination-Cause').LOGOUT)]);
    },
  };
}

/** A Spending-Status-Notification-Request; undefined: nobody asked. */
export function hearBySy(policy: PolicyFunction | undefined, told: Message): Answer | undefined {
  const name = told.get('Session-Id') ?? '';
  const isOver = ((told.get('SN-Request-Type') ?? 0) & ABORT_SESSION_REQUEST) !== 0;
  const isKnown = isOver ? policy?.hearEnd(name) : policy?.hear(name, statusIn(told));
  return isKnown === true ? { resultCode: RESULT.SUCCESS } : undefined;
}

function statusIn(message: Message): PolicyStatus | undefined {
  const report = message.all('Policy-Counter-Status-Report').find((one) => one.get('Policy-Counter-Identifier') === COUNTER);
  return (
    report && {
      status: report.get('Policy-Counter-Status'),
      pending: report.all('Pending-Policy-Counter-Information').map((one) => ({
        status: one.get('Policy-Counter-Status'),
        atMs: one.get('Pending-Policy-Counter-Change-Time')?.getTime() ?? Number.POSITIVE_INFINITY,
      })),
    }
  );
}
