import { redirect } from '@sveltejs/kit';
import { failForm, fieldOf, isRefused, viewOf } from '../../look/problem.ts';
import { orProve, requireSignIn } from '../../look/signed-in.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async (event) => {
  const asker = requireSignIn(event);
  return {
    security: viewOf(await event.locals.useCases.person.readSecurity(asker)),
    done: event.url.searchParams.get('done'),
  };
};

type Answer = Awaited<ReturnType<App.Locals['useCases']['person']['endSignIns']>>;

/** Back to the page with what was done, or the form with what is wrong; proved first where that is needed. */
function end(event: RequestEvent, answer: Answer, done: string) {
  const proved = orProve(event, answer);
  if (isRefused(proved)) return failForm(proved, {});
  redirect(303, `/security?done=${done}`);
}

export const actions: Actions = {
  end: async (event) => {
    const asker = requireSignIn(event);
    const id = fieldOf(await event.request.formData(), 'id');
    return end(event, await event.locals.useCases.person.endSignIns(asker, id === '' ? {} : { id }), 'ended');
  },
  add_passkey: async (event) => {
    const asker = requireSignIn(event);
    const form = await event.request.formData();
    const request = { answer: fieldOf(form, 'answer'), label: fieldOf(form, 'label') };
    return end(event, await event.locals.useCases.person.addPasskey(asker, request), 'passkey_added');
  },
  remove_passkey: async (event) => {
    const asker = requireSignIn(event);
    const id = fieldOf(await event.request.formData(), 'id');
    return end(event, await event.locals.useCases.person.removePasskey(asker, { id }), 'passkey_removed');
  },
  remove_contact: async (event) => {
    const asker = requireSignIn(event);
    const kind = fieldOf(await event.request.formData(), 'kind') === 'number' ? 'number' : 'email';
    return end(event, await event.locals.useCases.person.removeContact(asker, { kind }), 'contact_removed');
  },
};
