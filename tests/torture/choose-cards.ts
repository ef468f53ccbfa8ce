/** Which cards customers have: most are good, each way of misbehaving is somebody's. In parts of a hundred. */
import type { Random } from '#platform/random';

const ON_PAGES: Readonly<Record<string, number>> = {
  good: 46,
  good_mastercard: 4,
  answer_lost: 6,
  answer_500: 6,
  webhook_twice: 5,
  webhook_late: 5,
  webhook_out_of_order: 4,
  webhook_never: 6,
  webhook_early: 2,
  webhook_forged: 2,
  webhook_expired: 2,
  slow: 1,
  challenge: 2,
  insufficient_funds: 4,
  captures_less: 2,
  captures_more: 2,
  refund_pending: 1,
};

/** Kept cards, which are charged without their owner. All are accepted on a page. */
const KEPT: Readonly<Record<string, number>> = {
  good: 58,
  answer_lost: 8,
  answer_500: 8,
  webhook_twice: 4,
  webhook_late: 3,
  webhook_never: 5,
  webhook_early: 1,
  webhook_out_of_order: 2,
  slow: 1,
  saved_then_declined: 3,
  challenge_always: 2,
  captures_less: 1,
  captures_more: 2,
  refund_pending: 2,
};

export function cardForPage(random: Random): string {
  return pick(ON_PAGES, random);
}

export function cardToKeep(random: Random): string {
  return pick(KEPT, random);
}

function pick(shares: Readonly<Record<string, number>>, random: Random): string {
  let left = random.below(Object.values(shares).reduce((sum, share) => sum + share, 0));
  for (const [card, share] of Object.entries(shares)) {
    if (left < share) return card;
    left -= share;
  }
  return 'good';
}
