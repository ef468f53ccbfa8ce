import { redirect } from '@sveltejs/kit';
import { forgetSignIn } from '../../look/sign-in-cookie.ts';
import type { RequestHandler } from './$types';

/** Only as a form's answer: no link of somebody's signs anybody out. */
export const POST: RequestHandler = async ({ locals, cookies, url }) => {
  const { asker } = locals;
  if (asker.signIn !== undefined) await locals.useCases.person.signOut({ ...asker, signIn: asker.signIn });
  forgetSignIn(cookies, url);
  redirect(303, '/');
};
