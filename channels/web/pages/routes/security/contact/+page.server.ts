import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { failField, failForm, fieldOf, isRefused, viewOf } from '../../../look/problem.ts';
import { keepUnderWay } from '../../../look/sign-in-cookie.ts';
import { orProve, requireSignIn } from '../../../look/signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const kindOf = (url: URL): 'email' | 'number' => (url.searchParams.get('kind') === 'number' ? 'number' : 'email');

export const load: PageServerLoad = async (event) => {
  const asker = requireSignIn(event);
  const kind = kindOf(event.url);
  const { proved } = viewOf(await event.locals.useCases.person.readSecurity(asker));
  if (!proved) redirect(303, `/security/prove?next=${encodeURIComponent(`/security/contact?kind=${kind}`)}`);
  return { kind };
};

export const actions: Actions = {
  default: async (event) => {
    const asker = requireSignIn(event);
    const contact = fieldOf(await event.request.formData(), 'contact');
    if (contact === '') return failField('contact', say(asker.language, 'person.contact.missing'), { contact });
    const sent = orProve(event, await event.locals.useCases.person.askContactChange(asker, { contact }));
    if (isRefused(sent)) return failForm(sent, { contact });
    keepUnderWay(event.cookies, event.url, { purpose: 'contact', secret: sent.request, to: sent.to, next: '/security?done=contact' });
    redirect(303, '/security/contact/code');
  },
};
