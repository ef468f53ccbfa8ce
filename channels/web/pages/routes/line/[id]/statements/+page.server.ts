import { viewOf } from '../../../../look/problem.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const month = url.searchParams.get('month');
  return { line: viewOf(await locals.useCases.lines.readStatement(locals.asker, { id: params.id, ...(month === null ? {} : { month }) })) };
};
