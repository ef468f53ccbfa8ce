import { viewOf } from '../../../../look/problem.ts';
import { sendFile } from '../../../../look/send-file.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params, url }) => {
  const month = url.searchParams.get('month');
  return sendFile(viewOf(await locals.useCases.lines.statementFile(locals.asker, { id: params.id, ...(month === null ? {} : { month }) })));
};
