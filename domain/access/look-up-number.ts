/**
 * From a typed number to the line that has it, for somebody who asks. Whoever has nothing to do with the line spends a
 * look-up for it, found or not: the answer must not be cheaper to get for numbers that exist (ID-6).
 */
import { findNumber, type NumberClaim, readNumber } from '#domain/lines';
import { isRefusal, type Refusal } from '#platform/refusals';
import type { Tools } from '#platform/tools';
import type { Asker } from './access.ts';
import { standingsOf } from './decide-access.ts';
import { type LookUpLimits, spendLookUp } from './spend-look-up.ts';

export type LookUpRefusal = Refusal<'lines.number_invalid' | 'lines.not_found' | 'access.too_many_look_ups'>;

/**
 * `country` is where a number without "+" is read. Refuses `lines.number_invalid` (which costs nothing), `lines.not_found`,
 * and `access.too_many_look_ups` when the budget of the asker's source, or of all, is spent.
 */
export async function lookUpNumber(
  tools: Tools,
  asker: Asker,
  typed: { readonly number: string; readonly country: string },
  limits?: LookUpLimits,
): Promise<NumberClaim | LookUpRefusal> {
  const number = readNumber(typed.number, typed.country);
  if (isRefusal(number)) return number;
  const claim = await findNumber(tools.database, number);
  if (!isRefusal(claim)) {
    const [standing] = await standingsOf(tools.database, asker, [claim]);
    if (standing !== 'guest') return claim;
  }
  return (await spendLookUp(tools, asker, limits)) ?? claim;
}
