/** The line page of whoever may see the line (SEE-1, SEE-2): one reading of its state, told as number, date and money. */
import type { Asker, OfferView, OwnLineView, PackageView, RefusalView, WaitingPlanView } from '#channels/web';
import { type AllowanceSummary, forecastUse, readAllowances, summarise, type UseForecast } from '#domain/allowances';
import { dataByDay, usedByDay } from '#domain/charging';
import { available, readAccount } from '#domain/ledger';
import { isInService, presentPeriodStart, presentPlan, readHappenings, usePolicy } from '#domain/lines';
import { listOffers, type Offer, type Offers } from '#domain/orders';
import { listSavedMethods } from '#domain/payments';
import { requireCooledOff } from '#domain/people';
import { DAY_MS } from '#platform/clock';
import type { Language } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import { type Desk, personOf } from '../desk.ts';
import { offerView, presetView, shownService } from '../read-line.ts';
import { savedView } from '../show-method.ts';
import { ordersOf } from './list-orders.ts';
import { isNone, joinedIn, type OwnLine, ofLine, openOwnLine } from './own-line.ts';
import { tellHappenings } from './tell-happenings.ts';
import { tellState } from './tell-state.ts';

/** Where a line is while charging does not say: its allowances for any zone count. */
const HOME_ZONE = 'home';
const HAPPENINGS_SHOWN = 6;
const ORDERS_SHOWN = 3;
/** Use by day of a line that pays as it goes has no period: a month of it. */
const OPEN_PERIOD_MS = 30 * DAY_MS;

export async function showLine(desk: Desk, asker: Asker, { id }: { readonly id: string }): Promise<OwnLineView | RefusalView> {
  const line = await openOwnLine(desk, asker, id, 'see_line');
  if (isNone(line)) return line;
  const { house } = desk;
  const { database } = house;
  const { language } = asker;
  const [account, summary, happenings, orders, offers, methods, cooling] = await Promise.all([
    readAccount(database, line.key),
    readSummary(desk, line),
    readHappenings(database, line.key),
    ordersOf(desk, language, line, ORDERS_SHOWN),
    listOffers(house, personOf(desk, asker), line.key),
    listSavedMethods(database, line.personId),
    requireCooledOff(house, database, line.personId),
  ]);
  const joinedAt = joinedIn(happenings);
  const forecast = await readForecast(desk, line, summary, joinedAt);
  const plan = presentPlan(house.catalog(), line.state);
  const [method] = cooling === undefined ? methods : [];
  const { waiting, packages } = ownedOf(desk, language, line, summary);
  const inService = isInService(line.state.line.state);
  const hasData = inService && plan !== undefined && plan.exhaustion.kind !== 'pay_as_you_go';
  return {
    ...ofLine(id, line),
    state: line.state.line.state,
    ...(plan === undefined ? {} : { planName: plan.names[language] }),
    ...tellState({ line, plan, summary, forecast, next: waiting[0]?.name }),
    ...(hasData ? { data: summary.data } : {}),
    ...(inService && plan?.period ? { voice: summary.voice, message: summary.message } : {}),
    balance: available(account),
    ...(isRefusal(offers) ? { packs: [] } : offersView(language, offers)),
    ...(method === undefined ? {} : { method: savedView(language, method) }),
    ...sharingOf(line, summary),
    decides: line.may('change') && line.state.line.state !== 'lost',
    waiting,
    packages,
    ...(forecast === undefined ? {} : { use: forecast }),
    happenings: tellHappenings(happenings).slice(0, HAPPENINGS_SHOWN),
    orders,
  };
}

/** The way to the page of its share: where several lines share, or somebody capped this one. */
function sharingOf({ state, ofAccount, may }: OwnLine, { data, packages }: AllowanceSummary): Pick<OwnLineView, 'shares' | 'raises'> {
  const isCapped = packages.some(({ parts }) => parts.some(({ share }) => share !== undefined));
  if (state.line.state === 'lost' || (ofAccount.length < 2 && !isCapped)) return {};
  return { shares: true, ...(data.capReached && may('cap_line') ? { raises: true } : {}) };
}

export async function readSummary({ house }: Desk, { key, state, now }: OwnLine): Promise<AllowanceSummary> {
  const { slot, accountId, lineId } = key;
  const allowances = await readAllowances(house.database, { slot, accountId, lineId, at: now });
  const policy = usePolicy(presentPlan(house.catalog(), state));
  return summarise(allowances, { zone: HOME_ZONE, lineId, now, policy });
}

/** Undefined for a line on which nothing was used in this period, or nothing can be: there is nothing to draw. */
async function readForecast(
  { house }: Desk,
  { key, state, market, now }: OwnLine,
  summary: AllowanceSummary,
  joinedAt: Date | undefined,
): Promise<(UseForecast & { readonly joinedAt?: Date }) | undefined> {
  const { line } = state;
  if (!isInService(line.state)) return undefined;
  const { slot, accountId, lineId } = key;
  const open = new Date(now.getTime() - OPEN_PERIOD_MS);
  const period = presentPlan(house.catalog(), state)?.period ?? null;
  const begins = (period === null ? null : presentPeriodStart(line, period, market, now)) ?? open;
  // Days before it came to this account were not without use: they are not known here.
  const since = joinedAt !== undefined && joinedAt > begins ? { joinedAt } : {};
  const from = since.joinedAt ?? begins;
  const asked = { slot, accountId, lineId, from, until: now, timeZone: market.zone };
  const used = dataByDay(await usedByDay(house.database, asked));
  if (used.length === 0) return undefined;
  return { ...forecastUse({ used, from, now, until: line.paidUntil, left: summary.data.left, timeZone: market.zone }), ...since };
}

function ownedOf(
  { house }: Desk,
  language: Language,
  { state, market }: OwnLine,
  { packages }: AllowanceSummary,
): { readonly waiting: readonly WaitingPlanView[]; readonly packages: readonly PackageView[] } {
  const nameOf = (code: string, version: number) => house.catalog().productVersion(market.code, code, version)?.names[language] ?? code;
  const queued = new Set(state.queue.map(({ orderId, itemNo }) => `${orderId}.${itemNo}`));
  return {
    waiting: state.queue.map(({ planCode, planVersion, startRule, startsAt, endsAt }) => ({
      name: nameOf(planCode, planVersion),
      onExhaustion: startRule === 'on_exhaustion',
      startsAt,
      endsAt,
    })),
    packages: packages
      .filter(({ orderId, itemNo }) => !queued.has(`${orderId}.${itemNo}`))
      .map(({ productCode, productVersion, state: use, validFrom, validUntil, parts }) => ({
        name: nameOf(productCode, productVersion),
        state: use,
        validFrom,
        validUntil,
        parts: parts.flatMap(({ service, zeroRated, left, granted, shared, share, fullSpeedCap }) => {
          const shown = zeroRated || fullSpeedCap === 0n ? undefined : shownService(service);
          return shown === undefined ? [] : [{ ...shown, left, granted, shared, ...(share === undefined ? {} : { share }) }];
        }),
      }))
      .filter(({ parts }) => parts.length > 0),
  };
}

function offersView(language: Language, { renewal, packs, topUps, market }: Offers): Pick<OwnLineView, 'renewal' | 'packs' | 'topUp'> {
  const renewable = isRefusal(renewal) || isRefusal(renewal.effect) ? undefined : renewal;
  return {
    ...(renewable === undefined ? {} : { renewal: withEnd(language, renewable) }),
    packs: packs.filter(({ effect }) => !isRefusal(effect)).map((offer) => withEnd(language, offer)),
    topUp: { presets: topUps.map((offer) => presetView(language, offer)), minimum: market.topUp.min, maximum: market.topUp.max },
  };
}

/** When what is offered would end if it were paid now. */
function withEnd(language: Language, offer: Offer): OfferView {
  const { effect } = offer;
  const ends = isRefusal(effect) || effect.usableUntil === null ? {} : { newEnd: effect.usableUntil };
  return { ...offerView(language, offer), ...ends };
}
