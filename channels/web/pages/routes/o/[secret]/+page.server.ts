import { redirect } from '@sveltejs/kit';
import { say } from '#platform/messages';
import { scriptAddress } from '../../../live/script.ts';
import { goOn } from '../../../look/go-on.ts';
import { isMoving, refreshSeconds, versionOf } from '../../../look/order-life.ts';
import { failField, failForm, fieldOf, isRefused, viewOf } from '../../../look/problem.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const order = viewOf(await locals.useCases.readOrder(locals.asker, { secret: params.secret }));
  const still = url.searchParams.has('still');
  return { order, still, version: versionOf(order), refreshSeconds: refreshSeconds(order), moving: isMoving(order), scriptAddress };
};

export const actions: Actions = {
  pay: async ({ request, locals, params }) => {
    const form = await request.formData();
    const method = fieldOf(form, 'method');
    const keep = fieldOf(form, 'keep');
    if (method === '') return failField('method', say(locals.language, 'web.review.method_missing'), {});
    const placed = await locals.useCases.payAgain(locals.asker, {
      ...{ secret: params.secret, key: fieldOf(form, 'key'), method },
      keepMethod: keep === 'yes',
    });
    if (isRefused(placed)) return failForm(placed, { method, keep });
    goOn(placed, locals.brand);
  },
  cancel: async ({ request, locals, params }) => {
    const form = await request.formData();
    const cancelled = await locals.useCases.cancelOrder(locals.asker, { secret: params.secret, key: fieldOf(form, 'key') });
    if (isRefused(cancelled)) return failForm(cancelled, {});
    redirect(303, `/o/${cancelled.orderSecret}`);
  },
};
