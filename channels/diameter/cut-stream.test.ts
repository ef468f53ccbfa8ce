import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { StreamCutter } from './cut-stream.ts';
import { avp, requestHead, writeMessage } from './write-message.ts';

const message = (octets: number, hopByHop: number): Buffer =>
  writeMessage({
    ...requestHead('Device-Watchdog'),
    hopByHop,
    endToEnd: 0,
    avps: octets === 0 ? [] : [avp('Class', Buffer.alloc(octets, 7))],
  });

test('messages come out whole and in order however the stream is cut', () => {
  const sizes = fc.array(fc.nat(120), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(sizes, fc.array(fc.nat(40), { maxLength: 60 }), (octets, cuts) => {
      const sent = octets.map((size, place) => message(size, place));
      const stream = Buffer.concat(sent);
      const cutter = new StreamCutter(65_536);
      const got: Buffer[] = [];
      let at = 0;
      for (const size of [...cuts, stream.length]) {
        assert.equal(
          cutter.push(stream.subarray(at, at + size), (each) => got.push(Buffer.from(each.octets)) > 0),
          undefined,
        );
        at += size;
      }
      assert.deepEqual(got, sent);
    }),
  );
});

test('a message past the limit ends the stream before its octets are kept', () => {
  const cutter = new StreamCutter(100);
  const octets = message(200, 1);
  assert.equal(
    cutter.push(octets.subarray(0, 19), () => true),
    undefined,
  );
  assert.equal(cutter.push(octets.subarray(19, 20), () => true)?.finding.resultCode, 5015);
});

test('what follows is not read when the taker has had enough', () => {
  const got: number[] = [];
  new StreamCutter(1000).push(Buffer.concat([message(0, 1), message(0, 2)]), (each) => {
    got.push(each.hopByHop);
    return false;
  });
  assert.deepEqual(got, [1]);
});
