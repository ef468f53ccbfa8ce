import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { chooseEncoding, compress } from './compress.ts';

const text = '<p>Renew Monthly 5 GB</p>'.repeat(100);
const page = () => new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8', etag: '"x"', vary: 'Cookie' } });

test('the best encoding the browser takes is used, and none that it forbids', () => {
  assert.equal(chooseEncoding('gzip, deflate, br'), 'br');
  assert.equal(chooseEncoding('gzip;q=1.0, br;q=0'), 'gzip');
  assert.equal(chooseEncoding('identity'), undefined);
  assert.equal(chooseEncoding('*'), 'br');
  assert.equal(chooseEncoding(null), undefined);
});

test('a page is compressed, keeps its headers and says by what it varies', async () => {
  const packed = await compress(page(), 'br');
  assert.equal(packed.headers.get('content-encoding'), 'br');
  assert.equal(packed.headers.get('vary'), 'Cookie, Accept-Encoding');
  assert.equal(packed.headers.get('etag'), '"x"');
  assert.equal(brotliDecompressSync(await packed.arrayBuffer()).toString(), text);
  const zipped = await compress(page(), 'gzip');
  assert.equal(gunzipSync(await zipped.arrayBuffer()).toString(), text);
});

test('without an encoding in common the page goes out as it is, and still varies', async () => {
  const plain = await compress(page(), null);
  assert.equal(plain.headers.get('content-encoding'), null);
  assert.equal(plain.headers.get('vary'), 'Cookie, Accept-Encoding');
  assert.equal(await plain.text(), text);
});

test('a PDF, a redirect and what is tiny are left alone', async () => {
  const pdf = await compress(new Response(text, { headers: { 'content-type': 'application/pdf' } }), 'br');
  assert.equal(pdf.headers.get('content-encoding'), null);
  const redirect = await compress(new Response(null, { status: 303, headers: { location: '/o/x' } }), 'br');
  assert.equal(redirect.headers.get('location'), '/o/x');
  const tiny = await compress(Response.json({ moving: true }), 'br');
  assert.equal(tiny.headers.get('content-encoding'), null);
});
