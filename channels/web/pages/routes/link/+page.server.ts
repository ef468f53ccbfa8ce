import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { failField, failForm, fieldOf, isRefused } from '../../look/problem.ts';
import { keepUnderWay } from '../../look/sign-in-cookie.ts';
import { requireSignIn } from '../../look/signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) => {
  requireSignIn(event);
};

export const actions: Actions = {
  /** A code to the line itself. */
  code: async (event) => {
    const asker = requireSignIn(event);
    const number = fieldOf(await event.request.formData(), 'number');
    if (number === '') return failField('number', say(asker.language, 'web.home.number_missing'), { number });
    const sent = await event.locals.useCases.person.askLink(asker, { number });
    if (isRefused(sent)) return failForm(sent, { number });
    keepUnderWay(event.cookies, event.url, { purpose: 'link', secret: sent.request, to: sent.to, next: '/lines' });
    redirect(303, '/link/code');
  },
  card: async (event) => {
    const asker = requireSignIn(event);
    const activationCode = fieldOf(await event.request.formData(), 'activation_code');
    if (activationCode === '')
      return failField('activation_code', say(asker.language, 'person.link.activation_missing'), { activation_code: activationCode });
    const linked = await event.locals.useCases.person.linkByActivationCode(asker, { activationCode });
    if (isRefused(linked)) return failForm(linked, { activation_code: activationCode });
    redirect(303, `/lines?done=linked_${linked.role}`);
  },
};
