import { dressOf } from '../../look/dress.ts';
import type { RequestHandler } from './$types';

/** The tab's sign: the brand's first letter on its colour, so that no browser asks for a favicon.ico that is not there. */
export const GET: RequestHandler = ({ locals }) => {
  const { name, accent } = locals.brand;
  const letter = (name.match(/[\p{L}\p{N}]/u)?.[0] ?? 'E').toUpperCase();
  const brand = /--brand:(#[0-9a-f]{6})/.exec(dressOf(accent).style)?.[1] ?? accent;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="${brand}"/>` +
    `<text x="16" y="23" font-family="system-ui,sans-serif" font-size="20" font-weight="700" text-anchor="middle" fill="#fff">${letter}</text></svg>`;
  return new Response(svg, { headers: { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=604800' } });
};
