import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { ownPath } from '../../../look/own-path.ts';
import { failField, failForm, fieldOf, isRefused } from '../../../look/problem.ts';
import { keepSignIn, keepUnderWay, readUnderWay } from '../../../look/sign-in-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ cookies, url }) => {
  const underWay = readUnderWay(cookies, url, 'enter');
  if (underWay === undefined) redirect(303, '/sign-in');
  return { to: underWay.to };
};

export const actions: Actions = {
  /** Who is known is in; who is not reads the terms. */
  default: async ({ request, locals, cookies, url }) => {
    const underWay = readUnderWay(cookies, url, 'enter');
    if (underWay === undefined) redirect(303, '/sign-in');
    const code = fieldOf(await request.formData(), 'code');
    if (code === '') return failField('code', say(locals.language, 'person.code.missing'), {});
    const entered = await locals.useCases.person.enterByCode(locals.asker, { request: underWay.secret, code });
    if (isRefused(entered)) return failForm(entered, {});
    if ('ticket' in entered) {
      keepUnderWay(cookies, url, { ...underWay, purpose: 'sign_up', secret: entered.ticket, to: entered.to });
      redirect(303, '/sign-up/finish');
    }
    keepSignIn(cookies, url, entered.secret);
    redirect(303, ownPath(underWay.next));
  },
};
