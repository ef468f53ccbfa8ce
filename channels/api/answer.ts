/** From what a use case gave to what is sent: a view, or its refusal as problem details in the asker's language. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { money } from '#domain/money';
import { languageOf, problemOf, sendProblem } from '#platform/http';
import type { Language } from '#platform/messages';
import { entryOf, isRefusal, type Refusal, type RefusalValue } from '#platform/refusals';
import { type Desk, type Guest, identify, type SignedIn } from './desk.ts';
import { showMoney } from './show-sale.ts';

export type Call = { readonly asker: Guest | SignedIn; readonly language: Language };

/** Identifies the asker, does the work and answers. A refusal of either is sent as a problem. */
export async function answer<View>(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (call: Call) => Promise<View | Refusal>,
): Promise<View> {
  const language = languageOf(request);
  const asker = await identify(desk, request);
  const view = isRefusal(asker) ? asker : await work({ asker, language });
  if (!isRefusal(view)) return view;
  if (entryOf(view).status === 401) reply.header('www-authenticate', 'Bearer');
  // Fastify takes a reply that was sent for the answer; no view follows.
  return sendProblem(reply, problemOf(view, { language, values: shownValues(view) })) as never;
}

/** Amounts as money (`minMinor` with `currency` is `min`), whole numbers as text, instants as ISO 8601. */
function shownValues({ values }: Refusal): Record<string, unknown> {
  const { currency } = values;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => shownValue(name, value, currency)));
}

function shownValue(name: string, value: RefusalValue, currency: RefusalValue | undefined): [string, unknown] {
  if (typeof value !== 'bigint') return [name, value];
  const isAmount = name.endsWith('Minor') && typeof currency === 'string';
  return isAmount ? [name.slice(0, -'Minor'.length), showMoney(money(currency, value))] : [name, String(value)];
}
