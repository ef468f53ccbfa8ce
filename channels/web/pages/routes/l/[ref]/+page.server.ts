import { choose } from '../../../look/choose.ts';
import { viewOf } from '../../../look/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  line: viewOf(await locals.useCases.readLine(locals.asker, { ref: params.ref })),
});

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    return choose(event, (choices) => locals.useCases.quote(locals.asker, { ref: params.ref, choices }));
  },
};
