import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { createSourceReader } from './index.ts';

/** A request as far as its source is asked for. */
function from(remoteAddress: string, forwardedFor?: string): IncomingMessage {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor };
  return { socket: { remoteAddress }, headers } as IncomingMessage;
}

test('without a trusted proxy the caller is who is on the socket, whatever they say of themselves', () => {
  const sourceOf = createSourceReader([]);
  assert.equal(sourceOf(from('198.51.100.7', '203.0.113.9')), '198.51.100.7');
  assert.equal(sourceOf(from('::ffff:198.51.100.7')), '198.51.100.7');
});

test('a trusted proxy says who called it; what the caller wrote there before counts for nothing', () => {
  const sourceOf = createSourceReader(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
  assert.equal(sourceOf(from('127.0.0.1', '203.0.113.9')), '203.0.113.9');
  assert.equal(sourceOf(from('::ffff:127.0.0.1', '8.8.8.8, 203.0.113.9')), '203.0.113.9');
  assert.equal(sourceOf(from('127.0.0.1', '8.8.8.8, 203.0.113.9, 10.1.2.3')), '203.0.113.9');
  assert.equal(sourceOf(from('fd00::2', '2001:db8::1')), '2001:db8::1');
  assert.equal(sourceOf(from('127.0.0.1', '[2001:db8::1]:4711')), '2001:db8::1');
  assert.equal(sourceOf(from('198.51.100.7', '203.0.113.9')), '198.51.100.7', 'one who is no proxy of ours');
});

test('a trusted proxy that says nothing usable is the caller itself', () => {
  const sourceOf = createSourceReader(['127.0.0.1', '10.0.0.0/8']);
  assert.equal(sourceOf(from('127.0.0.1')), '127.0.0.1');
  assert.equal(sourceOf(from('127.0.0.1', 'unknown')), '127.0.0.1');
  assert.equal(sourceOf(from('127.0.0.1', 'nonsense, 10.1.2.3')), '10.1.2.3');
  assert.equal(sourceOf(from('127.0.0.1', '10.9.9.9, 10.1.2.3')), '10.9.9.9');
});
