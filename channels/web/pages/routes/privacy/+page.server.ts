import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ document: await locals.useCases.privacy(locals.language) });
