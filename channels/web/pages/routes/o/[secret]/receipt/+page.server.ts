import { viewOf } from '../../../../look/problem.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  receipt: viewOf(await locals.useCases.readReceipt(locals.asker, { secret: params.secret })),
});
