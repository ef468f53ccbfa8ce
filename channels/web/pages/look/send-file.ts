import type { TextFileView } from '../../line-views.ts';

/** A file to keep, which no cache keeps. */
export function sendFile({ fileName, type, text }: TextFileView): Response {
  const headers = {
    'content-type': type,
    'content-disposition': `attachment; filename="${fileName.replace(/[^\w.-]/g, '-')}"`,
    'cache-control': 'private, no-store',
  };
  return new Response(text, { headers });
}
