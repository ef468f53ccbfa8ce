import { error } from '@sveltejs/kit';
import { script, scriptHash } from '../../live/script.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ params }) => {
  if (params.hash !== scriptHash) error(404, 'Not found');
  const headers = { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' };
  return new Response(script, { headers });
};
