/** For pages of somebody signed in: who that is, or the way to signing in and back; and the way to step-up and back. */
import { type RequestEvent, redirect } from '@sveltejs/kit';
import type { SignedInAsker } from '../../use-cases.ts';
import type { RefusalView } from '../../views.ts';
import { nextQuery } from './own-path.ts';
import { isRefused } from './problem.ts';

type Here = Pick<RequestEvent, 'locals' | 'url' | 'request'>;

/** The page itself; after a refused form its address still names the action, which is not to be asked again by a link. */
function pageOf({ url, request }: Here): string {
  return request.method === 'GET' ? url.pathname + url.search : url.pathname;
}

export function requireSignIn(here: Here): SignedInAsker {
  const { asker } = here.locals;
  if (asker.signIn === undefined) redirect(303, `/sign-in${nextQuery(pageOf(here))}`);
  return { ...asker, signIn: asker.signIn };
}

/** What was answered, unless it must be proved first who asks. */
export function orProve<Answer extends object>(here: Here, answer: Answer | RefusalView): Answer | RefusalView {
  if (isRefused(answer) && answer.code === 'people.proof_needed') redirect(303, `/security/prove${nextQuery(pageOf(here))}`);
  return answer;
}
