/** One thing chosen on a line's page, by its button or as a typed amount, becomes a quote with an address of its own. */
import { type RequestEvent, redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import type { Choice } from '../../use-cases.ts';
import type { RefusalView } from '../../views.ts';
import { failField, failForm, fieldOf, isRefused } from './problem.ts';

type Quoted = { readonly secret: string } | RefusalView;

/** `quote` asks for the line of this page. */
export async function choose(
  { request, locals }: Pick<RequestEvent, 'request' | 'locals'>,
  quote: (choices: readonly Choice[]) => Promise<Quoted>,
) {
  const form = await request.formData();
  const item = fieldOf(form, 'item');
  const amount = fieldOf(form, 'amount');
  if (item === '' && amount === '') return failField('amount', say(locals.language, 'web.line.amount_missing'), { amount });
  const quoted = await quote([item === '' ? { typedAmount: amount } : { item }]);
  if (isRefused(quoted)) return failForm(item === '' ? { field: 'amount', ...quoted } : quoted, { amount });
  redirect(303, `/review/${quoted.secret}`);
}
