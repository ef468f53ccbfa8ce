import { viewOf } from '../../../look/problem.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  help: viewOf(await locals.useCases.lines.help(locals.asker, { of: params.of })),
});
