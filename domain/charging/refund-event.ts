/**
 * An event is taken back: exactly what it took returns to the allowances and the money it was taken from, once, however often and
 * by whatever request it is asked (RFC 8506 §6.4, Requested-Action REFUND_ACCOUNT). The event is named by what its answer
 * said of it (Refund-Information, 3GPP TS 32.299 §7.2.178): a refund of anything else is a credit, and not the network's to give.
 */
import { forfeitEnded } from '#domain/allowances';
import { type Account, BALANCE, instantUnder, lockAccount, postTransaction } from '#domain/ledger';
import { money, negate } from '#domain/money';
import { present } from '#platform/assert';
import { statement, type Transaction } from '#platform/database';
import { formatId } from '#platform/ids';
import type { Tools } from '#platform/tools';
import type { ChargingAnswer, ChargingRequest, RecordedItem } from './charging.ts';
import { type EventKey, readEventName } from './name-event.ts';
import { type RequestKey, readRequest } from './read-facts.ts';
import { readSessions } from './read-sessions.ts';
import { decodeAnswer, decodeItems } from './record-text.ts';
import type { Session } from './session.ts';
import { writeCharges } from './write-charges.ts';

type EventRow = { allowanceIds: bigint[]; quantities: bigint[]; paidMinor: bigint; items: unknown; answer: unknown };
const readEvent = statement<RequestKey, EventRow>(import.meta.dirname, 'read-event');

const cappedOfLine = statement<{ slot: number; accountId: bigint; lineId: bigint; allowanceIds: bigint[] }, { allowanceId: bigint }>(
  import.meta.dirname,
  'capped-of-line',
);

const UNKNOWN: ChargingAnswer = { result: 'unknown_session', items: [] };

/** 'unknown_session': the peer never had such an event. */
export async function refundEvent(tools: Tools, request: ChargingRequest): Promise<ChargingAnswer> {
  const event = readEventName(request.refundOf);
  return event === undefined ? UNKNOWN : tools.database.transaction((tx) => refundIn(tools, tx, request, event));
}

async function refundIn(tools: Tools, tx: Transaction, request: ChargingRequest, event: EventKey): Promise<ChargingAnswer> {
  const { slot, accountId, sessionId, key } = event;
  // The name came from the peer: there may be no such session, nor account.
  if ((await readSessions(tx, [event])).get(sessionId)?.peer !== request.peer) return UNKNOWN;
  const account = await lockAccount(tx, event);
  const session = present((await readSessions(tx, [event])).get(sessionId), 'a session that was there is there');
  const { beganOn } = session;
  const refundKey = `refund/${key}`;
  const [taken, earlier] = await Promise.all([
    tx.maybe(readEvent, { slot, accountId, sessionId, beganOn, key }),
    readRequest(tx, { slot, accountId, sessionId, beganOn, key: refundKey }),
  ]);
  if (earlier !== undefined) return decodeAnswer(earlier.answer);
  if (taken === undefined) return UNKNOWN;
  const at = instantUnder(account, tools.clock.business());
  const answer = answerTo(taken);
  const { allowanceIds } = taken;
  const capped = allowanceIds.length === 0 ? [] : await tx.query(cappedOfLine, { slot, accountId, lineId: session.lineId, allowanceIds });
  const allowances = allowanceIds.map((allowanceId, index) => ({
    allowanceId,
    used: -(taken.quantities[index] ?? 0n),
    reserved: 0n,
    ofShare: capped.some((one) => one.allowanceId === allowanceId),
  }));
  writeCharges(tx, [
    {
      ...{
        session: { ...session, step: session.step + 1 },
        key: refundKey,
        kind: session.kind,
        operation: 'refund',
        number: request.number,
        contentHash: request.contentHash,
      },
      ...{ items: decodeItems(taken.items).map(takenBack), paidMinor: -taken.paidMinor, answer, late: false, isNew: false },
      ...{ changes: allowances, effectiveAt: at, recordedAt: tools.clock.transport() },
    },
  ]);
  if (taken.paidMinor > 0n) giveBack(tools, tx, { account, session, key: refundKey, minor: taken.paidMinor, at });
  await forfeitEnded(tools, tx, { slot, accountId, lineId: session.lineId, at });
  return answer;
}

function answerTo({ answer }: EventRow): ChargingAnswer {
  const { result, items } = decodeAnswer(answer);
  return { result, items: items.map((item) => ({ ...item, granted: null })) };
}

/** The same with the other sign: sums over a line's requests are right by themselves. */
function takenBack(item: RecordedItem): RecordedItem {
  return {
    ...item,
    used: -item.used,
    from: item.from.map(([allowanceId, quantity]) => [allowanceId, -quantity] as const),
    free: -item.free,
    paid: -item.paid,
    paidMinor: -item.paidMinor,
    granted: null,
    why: 'refunded',
  };
}

type GivenBack = { account: Account; session: Session; key: string; minor: bigint; at: Date };

function giveBack(tools: Tools, tx: Transaction, { account, session, key, minor, at }: GivenBack): void {
  const amount = money(account.currency, minor);
  postTransaction(tx, account, {
    transactionId: tools.mintId(account.slot),
    kind: 'pay_as_you_go_refund',
    reference: `${formatId('ses', session.sessionId)}/${key}`,
    legs: [
      { name: BALANCE, amount },
      { name: 'house.pay_as_you_go', amount: negate(amount) },
    ],
    effectiveAt: at,
    recordedAt: tools.clock.transport(),
  });
}
