/** The demonstration's sign-ins: numbers worth trying, and for owned ones a link that signs their owner in at the API once. */
import { findNumber } from '#domain/lines';
import { issueSignInLink, ownerOf } from '#domain/people';
import { DAY_MS } from '#platform/clock';
import { formatNumber } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import { FEATURED_NUMBERS } from '../demonstration/index.ts';
import type { House } from '../house/index.ts';

export async function demonstrationSignIns(house: House): Promise<string[]> {
  const lines = ['', '  Try these numbers; the code signs their owner in, once: POST /api/v1/sign-ins {"code": …}', ''];
  for (const { number, ending } of FEATURED_NUMBERS) {
    const claim = await findNumber(house.tools.database, number);
    const personId = isRefusal(claim) ? undefined : await ownerOf(house.tools.database, claim);
    if (personId === undefined) continue;
    const code = await issueSignInLink(house.tools, personId, DAY_MS);
    lines.push(`  ${formatNumber(number).padEnd(20)}${ending.replaceAll('_', ' ').padEnd(16)}${code}`);
  }
  return lines;
}
