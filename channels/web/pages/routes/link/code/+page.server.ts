import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { failField, failForm, fieldOf, isRefused } from '../../../look/problem.ts';
import { forgetUnderWay, readUnderWay } from '../../../look/sign-in-cookie.ts';
import { requireSignIn } from '../../../look/signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireSignIn(event);
  const underWay = readUnderWay(event.cookies, event.url, 'link');
  if (underWay === undefined) redirect(303, '/link');
  return { to: underWay.to };
};

export const actions: Actions = {
  default: async (event) => {
    const asker = requireSignIn(event);
    const { cookies, url, locals } = event;
    const underWay = readUnderWay(cookies, url, 'link');
    if (underWay === undefined) redirect(303, '/link');
    const code = fieldOf(await event.request.formData(), 'code');
    if (code === '') return failField('code', say(asker.language, 'person.code.missing'), {});
    const linked = await locals.useCases.person.linkByCode(asker, { request: underWay.secret, code });
    if (isRefused(linked)) return failForm(linked, {});
    forgetUnderWay(cookies, url);
    redirect(303, `/lines?done=linked_${linked.role}`);
  },
};
