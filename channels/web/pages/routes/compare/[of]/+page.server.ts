import { viewOf } from '../../../look/problem.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  of: params.of,
  compared: viewOf(await locals.useCases.lines.compare(locals.asker, { of: params.of })),
});
