import { redirect } from '@sveltejs/kit';
import { failForm, isRefused, secretOf, viewOf } from '../../../look/problem.ts';
import { orProve, requireSignIn } from '../../../look/signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const asker = requireSignIn(event);
  const { proved } = viewOf(await event.locals.useCases.person.readSecurity(asker));
  if (!proved) redirect(303, '/security/prove?next=/security/password');
};

export const actions: Actions = {
  default: async (event) => {
    const asker = requireSignIn(event);
    const password = secretOf(await event.request.formData(), 'password');
    const chosen = orProve(event, await event.locals.useCases.person.setPassword(asker, { password }));
    if (isRefused(chosen)) return failForm(chosen, {});
    redirect(303, '/security?done=password');
  },
};
