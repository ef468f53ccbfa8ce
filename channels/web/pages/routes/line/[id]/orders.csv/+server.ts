import { viewOf } from '../../../../look/problem.ts';
import { sendFile } from '../../../../look/send-file.ts';
import { requireSignIn } from '../../../../look/signed-in.ts';
import type { RequestHandler } from './$types';

/** Whose sign-in has ended is led to the next one and back: a file has no page to say so on. */
export const GET: RequestHandler = async (event) =>
  sendFile(viewOf(await event.locals.useCases.lines.ordersFile(requireSignIn(event), { id: event.params.id })));
