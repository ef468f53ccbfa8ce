import { redirect } from '@sveltejs/kit';
import type { MemberRole } from '../../../../person-views.ts';
import { failForm, fieldOf, isRefused, viewOf } from '../../../look/problem.ts';
import { orProve, requireSignIn } from '../../../look/signed-in.ts';
import type { Actions, PageServerLoad } from './$types';

const ROLES: readonly MemberRole[] = ['owner', 'user', 'payer'];

export const load: PageServerLoad = async (event) => {
  const asker = requireSignIn(event);
  const { person } = event.locals.useCases;
  const { account } = event.params;
  const mine = viewOf(await person.myLines(asker)).filter((line) => line.account === account);
  // Who is no owner sees nobody else here: only what they are, and the way out.
  const owns = mine.some(({ role }) => role === 'owner') || mine.length === 0;
  return {
    numbers: mine.map(({ number }) => number),
    members: owns ? viewOf(await person.readMembers(asker, { account })) : undefined,
    done: event.url.searchParams.get('done'),
  };
};

export const actions: Actions = {
  change: async (event) => {
    const asker = requireSignIn(event);
    const { account } = event.params;
    const form = await event.request.formData();
    const role = ROLES.find((one) => one === fieldOf(form, 'role'));
    if (role === undefined && fieldOf(form, 'role') !== 'none') redirect(303, `/link/${account}`);
    const request = { account, id: fieldOf(form, 'id'), ...(role === undefined ? {} : { role }) };
    const changed = orProve(event, await event.locals.useCases.person.changeMember(asker, request));
    if (isRefused(changed)) return failForm(changed, {});
    redirect(303, `/link/${account}?done=member`);
  },
  leave: async (event) => {
    const asker = requireSignIn(event);
    const { account } = event.params;
    const left = orProve(event, await event.locals.useCases.person.leaveAccount(asker, { account }));
    if (isRefused(left)) return failForm(left, {});
    redirect(303, '/lines?done=left');
  },
};
