/** Lines of whoever is signed in: what matters of each, as far as they may see it. */
import type { Asker, LineRowView, RefusalView } from '#channels/web';
import { ALLOWED, type LineOfPerson, linesOfPerson } from '#domain/access';
import { findNumber, presentPlan } from '#domain/lines';
import { formatMaskedNumber } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { sealLine } from '../line-ref.ts';
import { refuse } from '../refusals.ts';
import { tellRefusal } from '../tell-refusal.ts';
import { isNone, lineIdOf, ofLine, openOwnLine } from './own-line.ts';
import { readSummary } from './show-line.ts';

const LINES_MAX = 30;

export async function listLines(desk: Desk, asker: Asker): Promise<{ readonly lines: readonly LineRowView[] } | RefusalView> {
  if (asker.signIn === undefined) return tellRefusal(refuse('self-care.sign_in_needed'), asker);
  const lines = await linesOfPerson(desk.house.database, asker.signIn.personId);
  return { lines: await Promise.all(lines.slice(0, LINES_MAX).map((line) => lineRow(desk, asker, line))) };
}

async function lineRow(desk: Desk, asker: Asker, key: LineOfPerson): Promise<LineRowView> {
  const { house } = desk;
  const id = lineIdOf(key);
  const line = ALLOWED[key.role].includes('see_line') ? await openOwnLine(desk, asker, id, 'see_line') : undefined;
  if (line === undefined || isNone(line)) {
    const claim = await findNumber(house.database, key.number);
    const ref = isRefusal(claim) || claim.lineId !== key.lineId ? {} : { ref: sealLine(desk, claim) };
    return { id, number: formatMaskedNumber(key.number), role: key.role, zone: 'UTC', now: house.clock.business(), ...ref };
  }
  const plan = presentPlan(house.catalog(), line.state);
  const { state, paidUntil } = line.state.line;
  const { data } = await readSummary(desk, line);
  const hasData = plan !== undefined && plan.period !== null && ['active', 'throttled', 'stopped'].includes(state);
  return {
    ...ofLine(id, line),
    role: key.role,
    state,
    ...(plan === undefined ? {} : { planName: plan.names[asker.language] }),
    ...(hasData ? { data } : {}),
    ...(paidUntil === null ? {} : { until: paidUntil }),
  };
}
