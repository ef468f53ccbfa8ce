/**
 * Budgets against guessing and against SMS pumping (numbers asked for codes in rows, for a share of what the SMS cost).
 * Windows are of transport time and shared by all nodes; spending is a statement of its own, so that no refusal gives it back.
 * What a spent narrow budget asks is not counted in the wider ones: one noisy source must not shut the door for all.
 */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#platform/clock';
import { statement } from '#platform/database';
import type { Contact, PeopleTools } from './people.ts';

const spend = statement<{ budget: string; windowStartedAt: Date; windowEndsAt: Date }, { spent: number }>(
  import.meta.dirname,
  'spend-budget',
);

type Limit = { readonly most: number; readonly windowMs: number };
export type CodeLimits = Readonly<
  Record<'perSource' | 'perContact' | 'perContactDay' | 'perBlock' | 'perRegion' | 'smsInTotal' | 'mailInTotal', Limit>
>;

export const CODE_LIMITS: CodeLimits = {
  perSource: { most: 20, windowMs: HOUR_MS },
  // With five tries each: 50 guesses a day at one in a million.
  perContact: { most: 5, windowMs: HOUR_MS },
  perContactDay: { most: 10, windowMs: DAY_MS },
  // Pumped numbers come in blocks of one operator.
  perBlock: { most: 50, windowMs: HOUR_MS },
  perRegion: { most: 500, windowMs: HOUR_MS },
  smsInTotal: { most: 3000, windowMs: HOUR_MS },
  mailInTotal: { most: 20_000, windowMs: HOUR_MS },
};

export type TryLimits = Readonly<Record<'perName' | 'perNameDay' | 'perSource', Limit>>;

/** A name that is spent is spent for its owner too: a code and a passkey still sign in. Many people share a source (a campus, a carrier's NAT). */
export const TRY_LIMITS: TryLimits = {
  perName: { most: 10, windowMs: 15 * MINUTE_MS },
  perNameDay: { most: 50, windowMs: DAY_MS },
  perSource: { most: 60, windowMs: 15 * MINUTE_MS },
};

/** Last digits that vary within a block, first characters that name a region ("+1206", "+8613"). */
const BLOCK_DIGITS = 3;
const REGION_CHARACTERS = 5;

/** Undefined when there was budget for a code; else the minutes until there is. */
export function spendCode(
  tools: PeopleTools,
  { kind, value }: Contact,
  source: string,
  limits: CodeLimits = CODE_LIMITS,
): Promise<number | undefined> {
  const contact = tools.sealer.mark('people.budget', `${kind} ${value}`);
  const prefixes: [string, Limit][] = [
    [`block:${value.slice(0, -BLOCK_DIGITS)}`, limits.perBlock],
    [`region:${value.slice(0, REGION_CHARACTERS)}`, limits.perRegion],
    ['code:sms', limits.smsInTotal],
  ];
  return spendAll(tools, [
    [`code:source:${source}`, limits.perSource],
    [`code:contact:${contact}`, limits.perContact],
    [`code:contact-day:${contact}`, limits.perContactDay],
    ...(kind === 'number' ? prefixes : [['code:mail', limits.mailInTotal] satisfies [string, Limit]]),
  ]);
}

/** The same for a try at a secret of `name`, whether anybody has that name or not. */
export function spendTry(tools: PeopleTools, name: string, source: string, limits: TryLimits = TRY_LIMITS): Promise<number | undefined> {
  const mark = tools.sealer.mark('people.budget', name);
  return spendAll(tools, [
    [`try:source:${source}`, limits.perSource],
    [`try:name:${mark}`, limits.perName],
    [`try:name-day:${mark}`, limits.perNameDay],
  ]);
}

async function spendAll(tools: PeopleTools, limits: readonly (readonly [string, Limit])[]): Promise<number | undefined> {
  const nowMs = tools.clock.transport().getTime();
  for (const [budget, { most, windowMs }] of limits) {
    const startedMs = nowMs - (nowMs % windowMs);
    const window = { windowStartedAt: new Date(startedMs), windowEndsAt: new Date(startedMs + windowMs) };
    const { spent } = await tools.database.one(spend, { budget, ...window });
    if (spent > most) return Math.ceil((startedMs + windowMs - nowMs) / MINUTE_MS);
  }
  return undefined;
}
