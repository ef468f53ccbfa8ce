import { demonstrationOf } from '../../look/demonstration.ts';
import { failForm, fieldOf, isRefused } from '../../look/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ clock: await demonstrationOf(locals).clock(locals.asker) });

export const actions: Actions = {
  /** The answer is shown at once, without a redirect: what happened on the way is told only once. */
  default: async ({ request, locals }) => {
    const moved = await demonstrationOf(locals).moveClock(locals.asker, { by: fieldOf(await request.formData(), 'by') });
    return isRefused(moved) ? failForm(moved, {}) : { moved };
  },
};
