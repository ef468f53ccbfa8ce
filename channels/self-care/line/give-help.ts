/**
 * Help that looks first: whether the line is in service, has data and a SIM, and waits for a payment; then what to do about it. A guest
 * is told what helps any line, because its state is not theirs to know (ID-6).
 */
import type { Asker, CheckView, HelpView, RefusalView, SentenceView } from '#channels/web';
import { available, readAccount } from '#domain/ledger';
import { presentPlan, readLine } from '#domain/lines';
import { type Sim, simOfLine } from '#domain/sims';
import { present } from '#platform/assert';
import { formatSpokenId, parseId } from '#platform/ids';
import { formatMaskedNumber } from '#platform/messages';
import { isRefusal } from '#platform/refusals';
import type { Desk } from '../desk.ts';
import { openLine } from '../line-ref.ts';
import { tellRefusal } from '../tell-refusal.ts';
import { ordersOf } from './list-orders.ts';
import { isNone, type OwnLine, ofLine, openOwnLine } from './own-line.ts';
import { readSummary } from './show-line.ts';
import { tellState } from './tell-state.ts';

const ORDERS_LOOKED_AT = 5;
/** Of a SIM's number: enough to tell two cards apart. */
const LAST_DIGITS = 5;
const sentence = (key: SentenceView['key'], values: SentenceView['values'] = {}): SentenceView => ({ key, values });
const ADVICE: readonly SentenceView[] = [sentence('line.help_phone'), sentence('line.help_contact')];

export async function giveHelp(desk: Desk, asker: Asker, { of }: { readonly of: string }): Promise<HelpView | RefusalView> {
  if (!of.startsWith('line_')) return helpGuest(desk, asker, of);
  const line = await openOwnLine(desk, asker, of, 'see_line');
  if (isNone(line)) return line;
  const checks = await checkLine(desk, asker, line, of);
  // What helps a phone that is slow helps no number that is gone.
  const advice = line.state.line.state === 'lost' ? [] : ADVICE;
  return { ...ofLine(of, line), back: `/line/${of}`, checked: true, checks, advice };
}

async function helpGuest(desk: Desk, asker: Asker, ref: string): Promise<HelpView | RefusalView> {
  const { house } = desk;
  const claim = openLine(desk, ref);
  if (isRefusal(claim)) return tellRefusal(claim, asker);
  const now = house.clock.business();
  const { line } = await readLine(house.database, claim);
  const market = present(house.catalog().market(line.market, now), 'a line is of a market that is in the catalogue');
  const back = `/l/${ref}`;
  const slow = { ok: false, text: sentence('line.help_slow'), step: { href: back, text: sentence('line.help_renew') } };
  return { number: formatMaskedNumber(line.number), back, zone: market.zone, now, checked: false, checks: [slow], advice: ADVICE };
}

async function checkLine(desk: Desk, asker: Asker, line: OwnLine, id: string): Promise<CheckView[]> {
  const { house } = desk;
  const plan = presentPlan(house.catalog(), line.state);
  const [summary, orders, account, sim] = await Promise.all([
    readSummary(desk, line),
    ordersOf(desk, asker.language, line, ORDERS_LOOKED_AT),
    readAccount(house.database, line.key),
    simOfLine(house.database, line.key),
  ]);
  const told = tellState({ line, plan, summary, forecast: undefined, next: undefined });
  // A lost number cannot be bought back: only people can help.
  const isLost = line.state.line.state === 'lost';
  const step = isLost
    ? { href: `mailto:${present(house.catalog().brand, 'help is of a brand').support.email}`, text: sentence('web.next.support') }
    : { href: `/line/${id}`, text: sentence('line.help_renew') };
  const isActive = line.state.line.state === 'active';
  const raise = { href: `/line/${id}/share`, text: sentence('line.share_raise') };
  const isCapped = summary.data.capReached === true;
  const trouble = [{ ok: false, text: told.headline, more: told.warnings, step: isCapped && line.may('cap_line') ? raise : step }];
  const { left } = summary.data;
  const data =
    plan?.exhaustion.kind === 'pay_as_you_go'
      ? sentence('line.help_balance', { balance: available(account) })
      : left === null
        ? sentence('line.help_data_unlimited')
        : sentence('line.help_data', { left });
  const open = orders.filter(({ state, secret }) => secret !== undefined && (state === 'awaiting_payment' || state === 'payment_unknown'));
  return [
    ...(isActive && !isCapped
      ? [
          { ok: true, text: sentence('line.help_service') },
          { ok: left !== 0n || plan?.period === null, text: data },
        ]
      : trouble),
    ...(line.state.line.state === 'lost' ? [] : [simCheck(desk, sim)]),
    ...(open.length === 0 ? [{ ok: true, text: sentence('line.help_payments') }] : []),
    ...open.map(({ orderNumber: number, secret = '' }) => ({
      ok: false,
      text: sentence('line.help_payment_open', { number: spoken(number) }),
      step: { href: `/o/${secret}`, text: sentence('line.help_order') },
    })),
  ];
}

/** The digits that are printed on the card tell whether it is the one in the phone. */
function simCheck({ house }: Desk, sim: Sim | undefined): CheckView {
  if (sim !== undefined) return { ok: true, text: sentence('line.help_sim', { last: sim.iccid.slice(-LAST_DIGITS) }) };
  const email = house.catalog().brand?.support.email ?? '';
  return { ok: false, text: sentence('line.help_sim_none'), step: { href: `mailto:${email}`, text: sentence('web.next.support') } };
}

/** An order as its page and receipt name it. */
function spoken(written: string): string {
  const orderId = parseId('ord', written);
  return orderId === undefined ? written : formatSpokenId(orderId);
}
