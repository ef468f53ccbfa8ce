import { redirect } from '@sveltejs/kit';
import { isLanguage } from '#platform/messages';
import { keepLanguage } from '../../look/language-cookie.ts';
import { failForm, fieldOf, isRefused, viewOf } from '../../look/problem.ts';
import { orProve, requireSignIn } from '../../look/signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const asker = requireSignIn(event);
  return {
    settings: viewOf(await event.locals.useCases.person.readSettings(asker)),
    done: event.url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  /** The language is what mails and SMS are written in, and from now on these pages too. */
  profile: async (event) => {
    const asker = requireSignIn(event);
    const form = await event.request.formData();
    const wish = fieldOf(form, 'language');
    const language = isLanguage(wish) ? wish : asker.language;
    const changed = await event.locals.useCases.person.changeProfile(asker, { name: fieldOf(form, 'name'), language });
    if (isRefused(changed)) return failForm(changed, {});
    keepLanguage(event, language);
    redirect(303, '/settings?done=settings');
  },
  user_name: async (event) => {
    const asker = requireSignIn(event);
    const userName = fieldOf(await event.request.formData(), 'user_name');
    const changed = orProve(event, await event.locals.useCases.person.setUserName(asker, { userName }));
    if (isRefused(changed)) return failForm(changed, { user_name: userName });
    redirect(303, '/settings?done=user_name');
  },
  notices: async (event) => {
    const asker = requireSignIn(event);
    const { person } = event.locals.useCases;
    const form = await event.request.formData();
    const { notices } = viewOf(await person.readSettings(asker));
    const choices = notices.flatMap((topic) => topic.choices);
    const wanted = choices.map((choice) => ({ ...choice, wanted: form.has(`${choice.topic}.${choice.channel}`) }));
    const changed = await person.setNotices(asker, wanted);
    if (isRefused(changed)) return failForm(changed, {});
    redirect(303, '/settings?done=settings');
  },
  forget: async (event) => {
    const asker = requireSignIn(event);
    const method = fieldOf(await event.request.formData(), 'id');
    const forgotten = await event.locals.useCases.person.forgetMethod(asker, { method });
    if (isRefused(forgotten)) return failForm(forgotten, {});
    redirect(303, '/settings?done=method_removed');
  },
};
