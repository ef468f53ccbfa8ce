/**
 * The demonstration's sign-ins: numbers worth trying, and for owned ones a link that signs their owner in, once. Its page asks
 * for a button to be pressed; the API takes the code alone.
 */
import { findNumber } from '#domain/lines';
import { issueSignInLink, ownerOf } from '#domain/people';
import { DAY_MS } from '#platform/clock';
import { formatNumber } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import { FEATURED_NUMBERS } from '../demonstration/index.ts';
import type { House } from '../house/index.ts';

/** `publicUrl` is where the pages answer. */
export async function demonstrationSignIns(house: House, publicUrl: string): Promise<string[]> {
  const lines = ['', '  Try these numbers; the link signs their owner in, once (its code also at POST /api/v1/sign-ins):', ''];
  for (const { number, ending } of FEATURED_NUMBERS) {
    const claim = await findNumber(house.tools.database, number);
    const personId = isRefusal(claim) ? undefined : await ownerOf(house.tools.database, claim);
    if (personId === undefined) continue;
    const code = await issueSignInLink(house.tools, personId, DAY_MS);
    lines.push(`  ${formatNumber(number).padEnd(20)}${ending.replaceAll('_', ' ').padEnd(16)}${publicUrl}/sign-in/link?code=${code}`);
  }
  return lines;
}
