/** Ending sign-ins: this one, another one of mine, all others of mine (ID-3). */
import { type Queries, statement } from '#platform/database';
import type { Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { SignIn } from './people.ts';
import { writeChange } from './record-change.ts';
import { refuse } from './refusals.ts';

const endRow = statement<{ personId: bigint; signInId: bigint; at: Date }, { device: string }>(import.meta.dirname, 'end-sign-in');
const endOthers = statement<{ personId: bigint; kept: bigint; at: Date }, { device: string }>(import.meta.dirname, 'end-other-sign-ins');

/** Ends one of the holder's own sign-ins, this one too (signing out). Refuses `people.sign_in_unknown`, also for somebody else's. */
export function endSignIn(tools: Tools, signIn: SignIn, signInId: bigint): Promise<undefined | Refusal<'people.sign_in_unknown'>> {
  return tools.database.transaction(async (tx) => {
    const { personId } = signIn;
    const ended = await tx.maybe(endRow, { personId, signInId, at: tools.clock.transport() });
    if (ended === undefined) return refuse('people.sign_in_unknown');
    if (signInId === signIn.signInId) return undefined;
    writeChange(tools, tx, { personId, action: 'people.end_sign_in', before: { device: ended.device } });
    return undefined;
  });
}

/** Ends all but this one; gives how many. */
export function endOtherSignIns(tools: Tools, signIn: SignIn): Promise<number> {
  return tools.database.transaction(async (tx) => {
    const ended = await endAllBut(tools, tx, signIn.personId, signIn.signInId);
    if (ended > 0) writeChange(tools, tx, { personId: signIn.personId, action: 'people.end_other_sign_ins', before: { ended } });
    return ended;
  });
}

/** In the transaction of the change for whose sake they end. */
export async function endAllBut(tools: Tools, tx: Queries, personId: bigint, kept: bigint): Promise<number> {
  return (await tx.query(endOthers, { personId, kept, at: tools.clock.transport() })).length;
}
