/**
 * Plans side by side by price and content (BUY-4): of a market for anybody, at a line's own tax for who knows its number, and
 * with the ways to change for its owner.
 */
import type { Asker, ComparedPlanView, CompareView, PartView, RefusalView, SentenceView } from '#channels/web';
import { type Market, type Plan, taxDocument } from '#domain/catalog';
import { type LineWithQueue, presentPlan, readAdvanced } from '#domain/lines';
import { tellTerms } from '#domain/orders';
import { present } from '#platform/assert';
import { formatMaskedNumber, formatNumber, type Language, type MessageKey } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { openLine } from '../line-ref.ts';
import { writeItem } from '../read-item.ts';
import { partViews } from '../read-line.ts';
import { tellRefusal } from '../tell-refusal.ts';
import { isNone, openOwnLine } from './own-line.ts';

/** Beside other plans; the review says the whole rule. */
const IN_FEW_WORDS: Partial<Record<MessageKey, MessageKey>> = {
  'rule.exhausted_throttle': 'line.used_up_throttle',
  'rule.exhausted_stop': 'line.used_up_stop',
  'rule.exhausted_pay_as_you_go': 'line.used_up_pay_as_you_go',
};

/** `decides` may change and queue; `state` is of a line whose price and plan may be told. */
type Compared = {
  readonly market: Market;
  readonly state?: LineWithQueue;
  readonly decides: boolean;
  readonly shown: Pick<CompareView, 'number' | 'back'>;
};

export async function comparePlans(desk: Desk, asker: Asker, { of }: { readonly of: string }): Promise<CompareView | RefusalView> {
  const { house } = desk;
  const compared = await comparedBy(desk, asker, of);
  if (isNone(compared)) return compared;
  const { market, shown, decides, state } = compared;
  const now = house.clock.business();
  const plans = house.catalog().onSale(market.code, now, ['plan']);
  const present = state === undefined ? undefined : presentPlan(house.catalog(), state);
  return {
    ...shown,
    zone: market.zone,
    now,
    plans: plans.flatMap((plan) => (plan.kind === 'plan' ? [planView(asker.language, compared, plan, present)] : [])),
    rules: rulesFor(decides, state),
  };
}

async function comparedBy(desk: Desk, asker: Asker, of: string): Promise<Compared | RefusalView> {
  const { house } = desk;
  const now = house.clock.business();
  const market = /^[A-Z][A-Z0-9-]{1,7}$/.test(of) ? house.catalog().market(of, now) : undefined;
  if (market !== undefined) return { market, decides: false, shown: { back: '/' } };
  if (of.startsWith('line_')) {
    const line = await openOwnLine(desk, asker, of, 'see_line');
    if (isNone(line)) return line;
    const { state } = line;
    const decides = line.may('change') && state.line.state !== 'lost';
    return { market: line.market, state, decides, shown: { number: formatNumber(state.line.number), back: `/line/${of}` } };
  }
  const claim = openLine(desk, of);
  if (isRefusal(claim)) return tellRefusal(claim, asker);
  const { state } = await readAdvanced(house.database, house.catalog(), claim, now);
  const its = present(house.catalog().market(state.line.market, now), 'a line is of a market that is in the catalogue');
  return { market: its, state, decides: false, shown: { number: formatMaskedNumber(state.line.number), back: `/l/${of}` } };
}

function rulesFor(decides: boolean, state: LineWithQueue | undefined): SentenceView[] {
  if (!decides) return state === undefined ? [] : [{ key: 'line.compare_rule_guest', values: {} }];
  return [
    { key: 'line.compare_rule_change', values: {} },
    { key: 'line.compare_rule_queue', values: {} },
    ...(state?.line.state === 'active' ? [{ key: 'line.compare_rule_queue_early', values: {} } as const] : []),
  ];
}

function planView(language: Language, { market, state, decides }: Compared, plan: Plan, present: Plan | undefined): ComparedPlanView {
  const { code, period, price } = plan;
  const postcode = state?.line.taxRegion ?? null;
  const sum = taxDocument({ market, postcode, paidFrom: 'outside', items: [{ kind: 'plan', price }] });
  const parts = partViews(plan);
  const ofService = (service: PartView['service']) => parts.filter((part) => part.service === service);
  const [voice] = ofService('voice');
  const [message] = ofService('message');
  return {
    code,
    name: plan.names[language],
    ...(period === null ? {} : { period, total: sum.total, tax: sum.tax }),
    data: ofService('data').map(({ throttleKbps: _, ...part }) => part),
    ...(voice === undefined ? {} : { voice }),
    ...(message === undefined ? {} : { message }),
    usedUp: tellTerms(market, plan).map(({ key, values }) => ({ key: IN_FEW_WORDS[key] ?? key, values })),
    isPresent: present?.code === code,
    ...(decides && state !== undefined ? waysTo(plan, state, present) : {}),
  };
}

/** What the line can take: a plan follows another only while that runs, and one without a period follows none. */
function waysTo(
  { code, period }: Plan,
  { line }: LineWithQueue,
  present: Plan | undefined,
): Pick<ComparedPlanView, 'change' | 'queue' | 'queueEarly'> {
  const runs = ['active', 'throttled', 'stopped'].includes(line.state) && present?.period != null;
  const queue = (startRule: 'at_end' | 'on_exhaustion') => writeItem({ kind: 'queue', product: code, startRule });
  return {
    ...(present?.code === code ? {} : { change: writeItem({ kind: 'change', product: code }) }),
    ...(runs && period !== null ? { queue: queue('at_end') } : {}),
    ...(runs && period !== null && line.state === 'active' ? { queueEarly: queue('on_exhaustion') } : {}),
  };
}
