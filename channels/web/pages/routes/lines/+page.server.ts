import { viewOf } from '../../look/problem.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => viewOf(await locals.useCases.lines.listLines(locals.asker));
