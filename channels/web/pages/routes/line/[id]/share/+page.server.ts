import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { failField, failForm, fieldOf, isRefused, viewOf } from '../../../../look/problem.ts';
import { requireSignIn } from '../../../../look/signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  line: viewOf(await event.locals.useCases.lines.showShare(requireSignIn(event), { id: event.params.id })),
  done: event.url.searchParams.get('done'),
});

export const actions: Actions = {
  default: async (event) => {
    const asker = requireSignIn(event);
    const { id } = event.params;
    const form = await event.request.formData();
    const [choice, typed] = [fieldOf(form, 'choice'), fieldOf(form, 'share')];
    if (choice === '' && typed === '') return failField('share', say(asker.language, 'line.share_missing'), { share: typed });
    const set = await event.locals.useCases.lines.setShare(asker, { id, choice, typed });
    if (isRefused(set)) return failForm(set, { share: typed });
    redirect(303, `/line/${id}/share?done=${choice === 'none' ? 'share_removed' : 'share_set'}`);
  },
};
