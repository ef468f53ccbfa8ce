import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RESULT } from '#channels/diameter';
import { type BookedRequest, judgeRequests } from './judge.ts';
import { type Asked, nameOf } from './keep-model.ts';

const PEER = 'core.example';
const IMSI = '310260000000001';

function asked(key: string, used: bigint, resultCode?: number): readonly [string, Asked] {
  const [type, number] = key.split(':').map(Number);
  const kind = ({ 1: 'initial', 2: 'update', 3: 'termination' } as const)[type as 1 | 2 | 3];
  const answer = resultCode === undefined ? undefined : 'digest';
  const one: Asked = {
    ...{ peer: PEER, sessionId: 's', key, imsi: IMSI, kind, number: number ?? 0, used: new Map([[10, used]]), avps: [], sent: 1 },
    ...{ answer, resultCode },
  };
  return [nameOf(PEER, 's', key), one];
}

function row(key: string, used: bigint, over: Partial<BookedRequest> = {}): BookedRequest {
  return {
    ...{ peer: PEER, reference: 's', key, operation: 'update', imsi: IMSI, used, posted: used },
    ...{ free: 0n, paid: 0n, lost: 0n, paidMinor: 0n, late: false },
    ...over,
  };
}

const judged = (all: readonly (readonly [string, Asked])[], rows: readonly BookedRequest[]) => judgeRequests({ asked: new Map(all) }, rows);
const begun = asked('1:0', 0n, RESULT.SUCCESS);

test('what was answered is booked with its use, what nobody answered may be or not', () => {
  const all = [begun, asked('2:1', 5n, RESULT.SUCCESS), asked('2:2', 7n)];
  assert.deepEqual(judged(all, [row('1:0', 0n), row('2:1', 5n)]), []);
  assert.deepEqual(judged(all, [row('1:0', 0n), row('2:1', 5n), row('2:2', 7n)]), []);
});

test('canary: a use that is lost, made up, changed, or told twice of is found', () => {
  const all = [begun, asked('2:1', 5n, RESULT.SUCCESS)];
  const found = (rows: readonly BookedRequest[]) => judged(all, [row('1:0', 0n), ...rows]).length;
  assert.equal(found([]), 1, 'lost');
  assert.equal(found([row('2:1', 5n), row('2:9', 5n)]), 1, 'made up');
  assert.equal(found([row('2:1', 6n)]), 1, 'changed');
  assert.equal(found([row('2:1', 5n, { posted: 10n })]), 1, 'posted twice');
});

test('late for a session that ended, it is booked though the answer says unknown; for one that never began, it is not', () => {
  const late = asked('2:1', 5n, RESULT.UNKNOWN_SESSION_ID);
  assert.equal(judged([begun, late], [row('1:0', 0n)]).length, 1);
  assert.deepEqual(judged([begun, late], [row('1:0', 0n), row('2:1', 5n, { late: true })]), []);
  assert.deepEqual(judged([late], []), []);
});
