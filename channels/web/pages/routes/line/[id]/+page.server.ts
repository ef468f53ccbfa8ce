import { choose } from '../../../look/choose.ts';
import { viewOf } from '../../../look/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  line: viewOf(await locals.useCases.lines.showLine(locals.asker, { id: params.id })),
});

export const actions: Actions = {
  /** From here, from the list of lines, and from where plans are compared. */
  default: async (event) => {
    const { locals, params } = event;
    return choose(event, (choices) => locals.useCases.lines.quote(locals.asker, { id: params.id, choices }));
  },
};
