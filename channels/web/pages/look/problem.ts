/**
 * From a refusal to what a page does with it: a form shows it above itself with what was typed kept; a page that cannot
 * be shown at all becomes the error page with the refusal's words and its next step.
 */
import { error, fail } from '@sveltejs/kit';
import { withoutCardNumbers } from '#platform/messages';
import type { NextStep, RefusalView } from '../../views.ts';

type Field = NonNullable<RefusalView['field']>;
export type ProblemView = { readonly text: string; readonly field?: Field; readonly next?: NextStep };
type Word =
  | 'number'
  | 'amount'
  | 'share'
  | 'method'
  | 'keep'
  | 'email'
  | 'name'
  | 'contact'
  | 'code'
  | 'lost'
  | 'user_name'
  | 'activation_code'
  | 'label';
/** What is shown again as it was typed: never a password, nor a card's number. */
type Typed = { readonly [Name in Word]?: string };

function shownAgain(typed: Typed): Typed {
  return Object.fromEntries(Object.entries(typed).map(([name, text]) => [name, withoutCardNumbers(text)]));
}

export function isRefused(answer: object): answer is RefusalView {
  return 'refused' in answer;
}

/** For an action: the form again, with the problem and what was typed. */
export function failForm(refusal: RefusalView, typed: Typed) {
  const { text, field, next, status } = refusal;
  return fail(status, {
    problem: { text, ...(field ? { field } : {}), ...(next ? { next } : {}) } as ProblemView,
    typed: shownAgain(typed),
  });
}

/** For an action that sees by itself that something is missing. */
export function failField(field: Field, text: string, typed: Typed) {
  return fail(422, { problem: { text, field } as ProblemView, typed: shownAgain(typed) });
}

/** For a page: its view, or the error page. */
export function viewOf<View extends object>(answer: View | RefusalView): View {
  if (!isRefused(answer)) return answer;
  const { status, code, text, next } = answer;
  error(status, code, { text, ...(next ? { next } : {}) });
}

/** A text field of a form, trimmed; files and missing fields are ''. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
}

/** A password as it was typed, blanks and all. */
export function secretOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
