import { isMoving, versionOf } from '../../../../look/order-life.ts';
import { isRefused } from '../../../../look/problem.ts';
import type { RequestHandler } from './$types';

/** What the live page asks about once a second: 60 octets instead of the page. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const order = await locals.useCases.readOrder(locals.asker, { secret: params.secret });
  const headers = { 'cache-control': 'private, no-store' };
  if (isRefused(order)) return Response.json({ moving: false }, { status: order.status, headers });
  return Response.json({ version: versionOf(order), moving: isMoving(order) }, { headers });
};
