import { error } from '@sveltejs/kit';
import { scriptAt } from '../../live/script.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ url }) => {
  const script = scriptAt(url.pathname);
  if (script === undefined) error(404, 'Not found');
  const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' };
  return new Response(script, { headers });
};
