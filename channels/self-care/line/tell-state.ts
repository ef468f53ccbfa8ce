/**
 * How a line stands, in sentences: what is largest on its page, what follows and when, and the way back. Every state of the
 * lifecycle has its own; the instants are the domain's.
 */
import type { OwnLineView, SentenceView } from '#channels/web';
import type { AllowanceSummary, UseForecast } from '#domain/allowances';
import type { Plan } from '#domain/catalog';
import { isInService, numberLostAt } from '#domain/lines';
import { tellTerms } from '#domain/orders';
import { DAY_MS } from '#platform/clock';
import type { OwnLine } from './own-line.ts';

export type Told = Pick<OwnLineView, 'headline' | 'details' | 'warnings'>;
type Telling = {
  readonly line: OwnLine;
  readonly plan: Plan | undefined;
  readonly summary: AllowanceSummary;
  readonly forecast: UseForecast | undefined;
  /** The plan that waits behind the present one. */
  readonly next: string | undefined;
};

/** Less than a fifth of the data. */
const LOW_SHARE = 5n;

const sentence = (key: SentenceView['key'], values: SentenceView['values'] = {}): SentenceView => ({ key, values });

export function tellState(telling: Telling): Told {
  const told = tellLife(telling);
  if (!isShareUsedUp(telling)) return told;
  const { line, plan, summary } = telling;
  const usedUp = sentence(line.may('cap_line') ? 'line.share_used_up_owner' : 'line.share_used_up');
  const isAtEnd = summary.data.capReached && plan?.exhaustion.kind !== 'pay_as_you_go';
  if (!isAtEnd) return { ...told, warnings: [usedUp, ...told.warnings] };
  // Not "data used up": there is data, and others go on with it. A line that was capped just now is in service until its next use.
  const back = sentence(plan?.exhaustion.kind === 'throttle' ? 'line.back_throttled' : 'line.back_stopped');
  return { headline: shareReached(telling), details: endOf(telling), warnings: [usedUp, back] };
}

function shareReached({ line, plan }: Telling): SentenceView {
  const isSlow = line.state.line.state === 'throttled' && plan?.exhaustion.kind === 'throttle';
  return isSlow ? sentence('line.share_reached_throttled', { speed: plan.exhaustion.speedKbps }) : sentence('line.share_reached');
}

/** There is data that others of the account go on with (SIM-4). */
function isShareUsedUp({ line, summary }: Telling): boolean {
  if (!isInService(line.state.line.state)) return false;
  return summary.packages.some(
    ({ state, parts }) => state === 'usable' && parts.some(({ share, left }) => share?.left === 0n && left !== 0n),
  );
}

function tellLife(telling: Telling): Told {
  const { line, plan } = telling;
  const { state, stateSince } = line.state.line;
  const ended = endedOn(line);
  const lost = lossOf(line);
  const since = sentence('line.since', { since: stateSince });
  switch (state) {
    case 'active':
      return { headline: lastsOf(telling), ...tellActive(telling) };
    case 'throttled':
      return { headline: slowOf(plan), details: endOf(telling), warnings: [sentence('line.back_throttled')] };
    case 'stopped':
      return plan?.exhaustion.kind === 'pay_as_you_go'
        ? { headline: sentence('line.balance_used_up'), details: endOf(telling), warnings: [sentence('line.back_balance')] }
        : { headline: sentence('line.stopped'), details: endOf(telling), warnings: [sentence('line.back_stopped')] };
    case 'pending':
      return { headline: sentence('line.pending'), details: [], warnings: [sentence('line.back_pending')] };
    case 'expired':
      return { headline: sentence('line.expired'), details: [...ended, ...lost], warnings: [sentence('line.back_expired')] };
    case 'suspended':
      return { headline: sentence('line.suspended'), details: [since, ...lost], warnings: [sentence('line.back_suspended')] };
    case 'parked':
      return { headline: sentence('line.parked'), details: [since, ...lost], warnings: [sentence('line.back_parked')] };
    case 'lost':
      return { headline: sentence('line.lost'), details: [since], warnings: [sentence('line.back_lost')] };
  }
}

/** What happens when the data is used up: a warning once little is left, before that a rule among others. */
function tellActive(telling: Telling): Pick<Told, 'details' | 'warnings'> {
  const { line, plan, summary } = telling;
  const { left, granted } = summary.data;
  const isLow = left !== null && granted !== null && left * LOW_SHARE < granted;
  const terms = plan === undefined ? [] : tellTerms(line.market, plan).map((term) => priced(term, plan));
  const details = [...paceOf(telling), ...endOf(telling)];
  return isLow ? { details, warnings: terms } : { details: [...details, ...terms], warnings: [] };
}

/** Without data of its own, a plan has none to use up first. */
function priced({ key, values }: SentenceView, { parts }: Plan): SentenceView {
  const hasData = parts.some(({ service, zeroRated }) => !zeroRated && service.startsWith('data'));
  return { key: !hasData && key === 'rule.exhausted_pay_as_you_go' ? 'line.pay_as_you_go_price' : key, values };
}

function slowOf(plan: Plan | undefined): SentenceView {
  return plan?.exhaustion.kind === 'throttle' ? sentence('line.throttled', { speed: plan.exhaustion.speedKbps }) : sentence('line.stopped');
}

/** "Lasts until Fri 28 Nov": the data, or the plan. Less than a day is said as an hour. */
function lastsOf({ line, plan, summary, forecast }: Telling): SentenceView {
  if (plan?.exhaustion.kind === 'pay_as_you_go') return sentence('line.pay_as_you_go');
  if (summary.data.left === null) return sentence('line.unlimited_data');
  const { dryAt } = forecast ?? {};
  if (dryAt === undefined) return sentence('line.lasts_period');
  return sentence(isSoon(dryAt, line.now) ? 'line.lasts_hours' : 'line.lasts_until', { dryAt });
}

function paceOf({ line, plan, summary, forecast }: Telling): SentenceView[] {
  const { dryAt } = forecast ?? {};
  if (dryAt === undefined || summary.data.left === null || plan?.exhaustion.kind === 'pay_as_you_go') return [];
  return [isSoon(dryAt, line.now) ? sentence('line.lasts_on', { dryAt }) : sentence('line.pace')];
}

function isSoon(instant: Date, now: Date): boolean {
  return instant.getTime() - now.getTime() < DAY_MS;
}

/** The end of what is paid, and what happens then: the next plan, or suspension and loss. */
function endOf({ line, plan, next }: Telling): SentenceView[] {
  const { paidUntil } = line.state.line;
  if (paidUntil === null) return [];
  const { expiredDays, suspendedDays, parkedDays } = line.market.lifecycle;
  const after = (days: number) => new Date(paidUntil.getTime() + days * DAY_MS);
  const lapse = sentence('rule.lapse', { suspendedOn: after(expiredDays), lostOn: after(expiredDays + suspendedDays + parkedDays) });
  const then = next === undefined ? lapse : sentence('line.next_plan', { plan: next });
  const end =
    plan?.period === null
      ? sentence('line.alive', { end: paidUntil })
      : sentence('line.ends', { end: paidUntil, days: daysTo(paidUntil, line.now) });
  return [end, then];
}

function endedOn({ state }: OwnLine): SentenceView[] {
  const { paidUntil } = state.line;
  return paidUntil === null ? [] : [sentence('line.ended', { end: paidUntil })];
}

function lossOf({ state, market, now }: OwnLine): SentenceView[] {
  const lostOn = numberLostAt(state.line, market);
  return lostOn === undefined ? [] : [sentence('line.lost_on', { lostOn, days: daysTo(lostOn, now) })];
}

/** Whole days that are left. */
function daysTo(instant: Date, now: Date): number {
  return Math.max(0, Math.floor((instant.getTime() - now.getTime()) / DAY_MS));
}
