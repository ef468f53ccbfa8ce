/** From a refusal of the house to what a page shows: its words, the field it is about, and where to go next. */
import type { NextStep, RefusalView } from '#channels/web';
import { type Language, sayRefusal } from '#platform/messages';
import { entryOf, type Refusal } from '#platform/refusals';

type Field = NonNullable<RefusalView['field']>;

const FIELDS: Readonly<Record<string, Field>> = {
  'lines.number_invalid': 'number',
  'lines.not_found': 'number',
  'orders.amount_outside_limits': 'amount',
  'orders.amount_not_chargeable': 'amount',
  'orders.tender_not_offered': 'method',
  'payments.saved_method_unknown': 'method',
  'people.cooling_off': 'method',
  'orders.terms_not_accepted': 'terms',
  'self-care.email_invalid': 'email',
  'self-care.share_not_understood': 'share',
  'orders.cap_outside_limits': 'share',
};

/** Where each leads; `line` and `order` need the place the reader came from, else it is the beginning. */
const NEXT: Readonly<Record<string, NextStep['to']>> = {
  'orders.not_found': 'support',
  'self-care.sign_in_needed': 'sign_in',
  'self-care.not_yours': 'lines',
  'self-care.file_unknown': 'lines',
  'orders.quote_used': 'order',
  'orders.not_open': 'order',
  'orders.no_receipt': 'order',
  'payments.already_paid': 'order',
  'payments.key_reused': 'order',
  'payments.attempt_open': 'order',
  'orders.quote_expired': 'line',
  'orders.key_reused': 'line',
  'orders.no_plan': 'line',
  'orders.not_on_sale': 'line',
  'lines.pack_needs_plan': 'line',
  'lines.plan_has_no_period': 'line',
};

/** Where the reader is, as far as it is known. */
export type Place = { readonly language: Language; readonly ref?: string | undefined; readonly secret?: string | undefined };

export function tellRefusal(refusal: Refusal, place: Place): RefusalView {
  const { code } = refusal;
  const field = FIELDS[code] ?? (code.startsWith('money.') ? 'amount' : undefined);
  const next = field === undefined ? nextOf(code, place) : undefined;
  return {
    refused: true,
    code,
    status: entryOf(refusal).status,
    text: sayRefusal(place.language, refusal),
    ...(field === undefined ? {} : { field }),
    ...(next === undefined ? {} : { next }),
  };
}

function nextOf(code: string, { ref, secret }: Place): NextStep {
  const to = NEXT[code];
  if (to === 'line' && ref !== undefined) return { to, ref };
  if (to === 'order' && secret !== undefined) return { to, secret };
  return to === 'support' || to === 'lines' || to === 'sign_in' ? { to } : { to: 'home' };
}
