import { viewOf } from '../../../../look/problem.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const from = url.searchParams.get('from');
  return { line: viewOf(await locals.useCases.lines.listCharges(locals.asker, { id: params.id, ...(from === null ? {} : { from }) })) };
};
