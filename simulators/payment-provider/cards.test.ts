import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CARD_NOTES, cardByNumber, isCardNumber, TEST_CARDS } from './cards.ts';
import { LANGUAGES } from './languages.ts';

test('every test card has a valid number of its own and says in four languages what it does', () => {
  for (const card of TEST_CARDS) {
    assert.ok(isCardNumber(card.number), card.number);
    for (const language of LANGUAGES) assert.ok(CARD_NOTES[card.name]?.[language], `${card.name} ${language}`);
  }
  assert.equal(new Set(TEST_CARDS.map(({ number }) => number)).size, TEST_CARDS.length);
  assert.equal(new Set(TEST_CARDS.map(({ name }) => name)).size, TEST_CARDS.length);
});

test('no other number pays: somebody’s real card is declined', () => {
  assert.equal(cardByNumber('4539 5787 6362 1486').decline?.declineCode, 'test_mode_live_card');
  assert.equal(cardByNumber('4242-4242 42424242').name, 'good');
});
