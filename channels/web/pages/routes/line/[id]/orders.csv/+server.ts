import { viewOf } from '../../../../look/problem.ts';
import { sendFile } from '../../../../look/send-file.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) =>
  sendFile(viewOf(await locals.useCases.lines.ordersFile(locals.asker, { id: params.id })));
