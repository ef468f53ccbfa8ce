/**
 * A report of use takes what it covers from allowances and leaves one posting: what was used, from which, at which
 * speed, what nobody covered, and the answer given, so that the same key gets the same answer and no second debit (G1).
 * The caller holds the account's lock; the allowances are locked here in a statement of their own, by id, and read,
 * decided on and written afterwards.
 */
import { createHash } from 'node:crypto';
import { assert, present } from '#platform/assert';
import { statement, type Transaction } from '#platform/database';
import { slotOf } from '#platform/ids';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { AccountKey, Allowance, Service, Speed, Split, Standing, UsePolicy } from './allowance.ts';
import { DATA_THRESHOLDS_PERCENT, thresholdsCrossed } from './cross-thresholds.ts';
import { isShareOf, moved } from './line-share.ts';
import { orderOfUse } from './order-of-use.ts';
import { readAllowances } from './read-allowances.ts';
import { refuse } from './refusals.ts';
import { splitUse } from './split-use.ts';
import { standingOf } from './summarise-allowances.ts';

export type UseReport = AccountKey & {
  readonly lineId: bigint;
  /** Unique in the account for ever. Line, service, zone and quantity are its content; instant and policy are not. */
  readonly key: string;
  readonly service: Service;
  /** Where the line was. */
  readonly zone: string;
  /** Octets, seconds or messages. */
  readonly quantity: bigint;
  /** Business time of the use; decides what was valid. */
  readonly at: Date;
  readonly policy: UsePolicy;
  /** Ascending; default DATA_THRESHOLDS_PERCENT. */
  readonly thresholdsPercent?: readonly number[];
};

export type Consumed = Split & {
  readonly useId: bigint;
  /** The key was there: this is the answer it got then, and nothing was debited now. */
  readonly duplicate: boolean;
  /** Of the service as a whole ('data' for 'data.video'), before and after this use. */
  readonly before: Standing;
  readonly after: Standing;
  /** Data only: nothing at full speed is left after this use. It may have been so before: compare `before.speed`. */
  readonly exhausted: boolean;
  /** The thresholds that this use crossed, ascending. */
  readonly crossedPercent: readonly number[];
};

type UseRow = {
  useId: bigint;
  contentHash: Buffer;
  service: string;
  allowanceIds: bigint[];
  quantities: bigint[];
  fullSpeed: bigint;
  throttled: bigint;
  uncovered: bigint;
  grantedBefore: bigint | null;
  leftBefore: bigint | null;
  speedBefore: Speed;
  leftAfter: bigint | null;
  speedAfter: Speed;
  crossedPercent: number[];
};
type InsertUse = AccountKey & UseRow & Pick<UseReport, 'lineId' | 'key' | 'zone' | 'quantity'> & { effectiveAt: Date; recordedAt: Date };
type AddUsed = AccountKey & { allowanceIds: bigint[]; quantities: bigint[] };

const lockAllowances = statement<AccountKey & { lineId: bigint; at: Date }>(import.meta.dirname, 'lock-allowances');
const readUse = statement<AccountKey & { key: string }, UseRow>(import.meta.dirname, 'read-use');
const insertUse = statement<InsertUse>(import.meta.dirname, 'insert-use');
const addShares = statement<AddUsed & { lineId: bigint }>(import.meta.dirname, 'add-line-shares');
const addUsed = statement<AddUsed, { allowanceId: bigint }>(import.meta.dirname, 'add-used');

/** Refuses `allowances.key_reused`: the key came before with other content. What nobody covers is told, not judged. */
export async function consume(
  tools: Pick<Tools, 'mintId' | 'clock'>,
  tx: Transaction,
  report: UseReport,
): Promise<Consumed | Refusal<'allowances.key_reused'>> {
  assert(report.quantity >= 0n, 'a use is never negative');
  assert(report.slot === slotOf(report.accountId), 'an account lives in its slot');
  const { slot, accountId, lineId, key, at } = report;
  const contentHash = hashOf(report);
  const [, earlier, allowances] = await Promise.all([
    tx.query(lockAllowances, { slot, accountId, lineId, at }),
    tx.maybe(readUse, { slot, accountId, key }),
    readAllowances(tx, { slot, accountId, lineId, at }),
  ]);
  if (earlier !== undefined)
    return earlier.contentHash.equals(contentHash) ? answerOf(earlier, true) : refuse('allowances.key_reused', { key });
  const use: UseRow = { useId: tools.mintId(slot), contentHash, ...decide(allowances, report) };
  await write(tx, report, use, allowances, tools.clock.transport());
  return answerOf(use, false);
}

function hashOf({ lineId, service, zone, quantity }: UseReport): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([`${lineId}`, service, zone, `${quantity}`]))
    .digest();
}

function decide(allowances: readonly Allowance[], report: UseReport): Omit<UseRow, 'useId' | 'contentHash'> {
  const { service, zone, lineId, policy, at, quantity } = report;
  const context = { service, zone, lineId, policy, now: at };
  const whole = { ...context, service: rootOf(service) };
  const { pairs, ...speeds } = splitUse(orderOfUse(allowances, context), quantity);
  const taken = new Map(pairs.map((pair) => [pair.allowanceId, pair.quantity]));
  const allowancesAfter = allowances.map((allowance) =>
    moved(allowance, lineId, { used: taken.get(allowance.allowanceId) ?? 0n, reserved: 0n }),
  );
  const before = standingOf(allowances, whole);
  const after = standingOf(allowancesAfter, whole);
  return {
    service,
    allowanceIds: pairs.map((pair) => pair.allowanceId),
    quantities: pairs.map((pair) => pair.quantity),
    ...speeds,
    grantedBefore: before.granted,
    leftBefore: before.left,
    speedBefore: before.speed,
    leftAfter: after.left,
    speedAfter: after.speed,
    crossedPercent: thresholdsCrossed(before, after, report.thresholdsPercent ?? DATA_THRESHOLDS_PERCENT),
  };
}

function rootOf(service: Service): Service {
  return service.startsWith('data.') ? 'data' : service;
}

async function write(tx: Transaction, report: UseReport, use: UseRow, allowances: readonly Allowance[], recordedAt: Date): Promise<void> {
  const { slot, accountId, lineId, key, zone, quantity, at } = report;
  const { allowanceIds, quantities } = use;
  const posted = tx.query(insertUse, { ...use, slot, accountId, lineId, key, zone, quantity, effectiveAt: at, recordedAt });
  const added = allowanceIds.length === 0 ? [] : tx.query(addUsed, { slot, accountId, allowanceIds, quantities });
  writeShares(tx, report, use, allowances);
  const [, rows] = await Promise.all([posted, added]);
  assert(rows.length === allowanceIds.length, 'every allowance that a use names has moved with it');
}

/** What a capped line used of what is shared, counted as its own too. */
function writeShares(tx: Transaction, { slot, accountId, lineId }: UseReport, use: UseRow, allowances: readonly Allowance[]): void {
  const ofShare = allowances.filter((allowance) => isShareOf(allowance, lineId));
  const pairs = use.allowanceIds.flatMap((allowanceId, index) =>
    ofShare.some((one) => one.allowanceId === allowanceId)
      ? [{ allowanceId, quantity: present(use.quantities[index], 'pairs are pairs') }]
      : [],
  );
  if (pairs.length === 0) return;
  const allowanceIds = pairs.map(({ allowanceId }) => allowanceId);
  tx.write(addShares, { slot, accountId, lineId, allowanceIds, quantities: pairs.map(({ quantity }) => quantity) });
}

function answerOf(use: UseRow, duplicate: boolean): Consumed {
  const { useId, fullSpeed, throttled, uncovered, grantedBefore: granted, crossedPercent } = use;
  return {
    useId,
    duplicate,
    pairs: use.allowanceIds.map((allowanceId, index) => ({ allowanceId, quantity: present(use.quantities[index], 'pairs are pairs') })),
    fullSpeed,
    throttled,
    uncovered,
    before: { granted, left: use.leftBefore, speed: use.speedBefore },
    after: { granted, left: use.leftAfter, speed: use.speedAfter },
    exhausted: rootOf(use.service as Service) === 'data' && use.speedAfter !== 'full',
    crossedPercent,
  };
}
