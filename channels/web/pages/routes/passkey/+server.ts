import { json } from '@sveltejs/kit';
import type { PasskeyQuestionView } from '../../../person-views.ts';
import type { SignedInAsker } from '../../../use-cases.ts';
import type { RefusalView } from '../../../views.ts';
import { fieldOf, isRefused } from '../../look/problem.ts';
import type { RequestHandler } from './$types';

/** What a device is asked, for the script of a passkey's form; or where to go first. */
export const POST: RequestHandler = async ({ request, locals }) => {
  const what = fieldOf(await request.formData(), 'what');
  const headers = { 'cache-control': 'no-store' };
  const answer = await questionFor(locals, what);
  if (answer === undefined) return json({ next: '/sign-in' }, { headers });
  if (!isRefused(answer)) return json({ question: answer.question }, { headers });
  return json(answer.code === 'people.proof_needed' ? { next: '/security/prove?next=/security' } : {}, { status: answer.status, headers });
};

async function questionFor({ useCases, asker }: App.Locals, what: string): Promise<PasskeyQuestionView | RefusalView | undefined> {
  if (what === 'sign_in') return useCases.person.askPasskey(asker);
  if (asker.signIn === undefined) return undefined;
  const who: SignedInAsker = { ...asker, signIn: asker.signIn };
  return what === 'add' ? useCases.person.askNewPasskey(who) : useCases.person.askPasskeyProof(who);
}
