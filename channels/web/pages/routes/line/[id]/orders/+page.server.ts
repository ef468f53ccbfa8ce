import { viewOf } from '../../../../look/problem.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  line: viewOf(await locals.useCases.lines.listOrders(locals.asker, { id: params.id })),
});
