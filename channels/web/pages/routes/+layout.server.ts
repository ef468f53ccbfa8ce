import type { LayoutServerLoad } from './$types';

/** Rendered here, taken over by nothing: no page needs a script. */
export const csr = false;

export const load: LayoutServerLoad = ({ locals }) => ({
  language: locals.language,
  brand: locals.brand,
  demonstration: locals.demonstration,
  signedIn: locals.asker.signIn !== undefined,
});
