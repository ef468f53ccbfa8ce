import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { ownPath } from '../../../look/own-path.ts';
import { failField, failForm, fieldOf, isRefused, secretOf, viewOf } from '../../../look/problem.ts';
import { keepUnderWay } from '../../../look/sign-in-cookie.ts';
import { requireSignIn } from '../../../look/signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const nextOf = ({ url }: Pick<RequestEvent, 'url'>): string => ownPath(url.searchParams.get('next'), '/security');

export const load: PageServerLoad = async (event) => {
  const asker = requireSignIn(event);
  return { proof: viewOf(await event.locals.useCases.person.readProof(asker)), next: nextOf(event) };
};

export const actions: Actions = {
  password: async (event) => {
    const asker = requireSignIn(event);
    const password = secretOf(await event.request.formData(), 'password');
    if (password === '') return failField('password', say(asker.language, 'person.prove.password_missing'), {});
    const proved = await event.locals.useCases.person.proveByPassword(asker, { password });
    if (isRefused(proved))
      return failForm(
        { ...proved, text: proved.code === 'people.sign_in_wrong' ? say(asker.language, 'person.prove.password_wrong') : proved.text },
        {},
      );
    redirect(303, nextOf(event));
  },
  code: async (event) => {
    const asker = requireSignIn(event);
    const kind = fieldOf(await event.request.formData(), 'kind') === 'number' ? 'number' : 'email';
    const sent = await event.locals.useCases.person.askProof(asker, { kind });
    if (isRefused(sent)) return failForm(sent, {});
    keepUnderWay(event.cookies, event.url, { purpose: 'prove', secret: sent.request, to: sent.to, next: nextOf(event) });
    redirect(303, '/security/prove/code');
  },
  passkey: async (event) => {
    const asker = requireSignIn(event);
    const answer = fieldOf(await event.request.formData(), 'answer');
    const proved = await event.locals.useCases.person.proveByPasskey(asker, { answer });
    if (isRefused(proved)) return failForm(proved, {});
    redirect(303, nextOf(event));
  },
};
