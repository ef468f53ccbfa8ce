import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bareAddress, isNetwork, mayComeFrom } from './networks.ts';

test('who may come from where: an address, a network, either family, in whatever clothes a socket tells it', () => {
  const listed = ['192.0.2.7', '10.1.0.0/16', '2001:db8::/32', 'fe80::1'];
  for (const address of [
    '192.0.2.7',
    '::ffff:192.0.2.7',
    '10.1.255.255',
    '2001:db8::5',
    'fe80::1%eth0',
    '[2001:db8::1]:5678',
    '10.1.2.3:80',
  ])
    assert.ok(mayComeFrom(listed, address), address);
  for (const address of ['192.0.2.8', '10.2.0.0', '2001:db9::1', '', 'unknown', '::ffff:192.0.2.8'])
    assert.ok(!mayComeFrom(listed, address), address);
});

test('a list of none is everywhere; what is no network allows nothing, and does not stop the others', () => {
  assert.ok(mayComeFrom([], '203.0.113.9'));
  assert.ok(!mayComeFrom(['anywhere', '10.0.0.0/33', '10.0.0.0/x', '1.2.3.4/8/8'], '10.0.0.1'));
  assert.ok(mayComeFrom(['anywhere', '10.0.0.0/8'], '10.0.0.1'));
  assert.deepEqual(['10.0.0.0/8', '::/0', '192.0.2.1', '10.0.0.0/33', 'host'].map(isNetwork), [true, true, true, false, false]);
  assert.equal(bareAddress(' ::ffff:192.0.2.1 '), '192.0.2.1');
});
