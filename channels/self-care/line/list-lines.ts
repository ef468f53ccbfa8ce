/** Lines of whoever is signed in: what matters of each, as far as they may see it. */
import type { Asker, LineRowView, RefusalView } from '#channels/web';
import { ALLOWED, type LineOfPerson, linesOfPerson } from '#domain/access';
import type { Plan } from '#domain/catalog';
import { decidePurchase, findNumber, presentPlan } from '#domain/lines';
import { formatId } from '#platform/ids';
import { formatMaskedNumber, type Language } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { sealLine } from '../line-ref.ts';
import { writeItem } from '../read-item.ts';
import { refuse } from '../refusals.ts';
import { tellRefusal } from '../tell-refusal.ts';
import { lineIdOf, type OwnLine, ofLine, readOwnLine } from './own-line.ts';
import { readSummary } from './show-line.ts';

const LINES_MAX = 30;

export async function listLines(desk: Desk, asker: Asker): Promise<{ readonly lines: readonly LineRowView[] } | RefusalView> {
  if (asker.signIn === undefined) return tellRefusal(refuse('self-care.sign_in_needed'), asker);
  const { personId } = asker.signIn;
  const lines = await linesOfPerson(desk.house.database, personId);
  return { lines: await Promise.all(lines.slice(0, LINES_MAX).map((line) => lineRow(desk, asker.language, personId, line, lines))) };
}

async function lineRow(
  desk: Desk,
  language: Language,
  personId: bigint,
  key: LineOfPerson,
  lines: readonly LineOfPerson[],
): Promise<LineRowView> {
  const { house } = desk;
  const row = { id: lineIdOf(key), account: formatId('acc', key.accountId), role: key.role };
  if (!ALLOWED[key.role].includes('see_line')) {
    const claim = await findNumber(house.database, key.number);
    const ref = isRefusal(claim) || claim.lineId !== key.lineId ? {} : { ref: sealLine(desk, claim) };
    return { ...row, number: formatMaskedNumber(key.number), zone: 'UTC', now: house.clock.business(), ...ref };
  }
  const line = await readOwnLine(desk, personId, key, lines);
  const plan = presentPlan(house.catalog(), line.state);
  const { state, paidUntil } = line.state.line;
  const { data } = await readSummary(desk, line);
  const hasData = plan !== undefined && plan.period !== null && ['active', 'throttled', 'stopped'].includes(state);
  return {
    ...row,
    ...ofLine(row.id, line),
    state,
    ...(plan === undefined ? {} : { planName: plan.names[language], ...renewalOf(line, plan) }),
    ...(hasData ? { data } : {}),
    ...(line.ofAccount.length > 1 && state !== 'lost' ? { shares: true } : {}),
    ...(paidUntil === null ? {} : { until: paidUntil }),
  };
}

function renewalOf({ state, market, now }: OwnLine, plan: Plan): Pick<LineRowView, 'renewal'> {
  const effect = decidePurchase(state, { kind: 'renew', plan }, { market, present: plan, now });
  return isRefusal(effect) ? {} : { renewal: writeItem({ kind: 'renew' }) };
}
