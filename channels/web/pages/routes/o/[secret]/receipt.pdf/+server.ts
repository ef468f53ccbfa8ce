import { viewOf } from '../../../../look/problem.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
  const { bytes, fileName } = viewOf(await locals.useCases.receiptPdf(locals.asker, { secret: params.secret }));
  const headers = {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${fileName.replace(/[^\w.-]/g, '-')}"`,
    'cache-control': 'private, no-store',
  };
  return new Response(new Uint8Array(bytes), { headers });
};
