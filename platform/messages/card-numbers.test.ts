import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutCardNumbers } from './card-numbers.ts';

test('the number of a card is taken out of a text, however it is grouped; other numbers stay', () => {
  for (const number of ['6011000990139424', '6011 0009 9013 9424', '6011-0009-9013-9424', '378282246310005'])
    assert.equal(withoutCardNumbers(`Lin ${number} Wang`), 'Lin  Wang', number);
  for (const text of ['Lin', '+1 206 555 0142', '6011000990139425', '2026-11-21', '123456', ''])
    assert.equal(withoutCardNumbers(text), text);
});
