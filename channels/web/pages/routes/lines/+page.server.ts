import { viewOf } from '../../look/problem.ts';
import { requireSignIn } from '../../look/signed-in.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const asker = requireSignIn(event);
  return { ...viewOf(await event.locals.useCases.lines.listLines(asker)), done: event.url.searchParams.get('done') };
};
