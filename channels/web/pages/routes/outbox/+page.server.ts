import { demonstrationOf } from '../../look/demonstration.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const olderThan = url.searchParams.get('older-than');
  return { outbox: await demonstrationOf(locals).outbox(locals.asker, olderThan === null ? {} : { olderThan }) };
};
