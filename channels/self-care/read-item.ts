/** An offer's `item`: our own word for what was chosen, which the page gives back unread. */
import { money } from '#domain/money';
import type { ItemRequest } from '#domain/orders';

type GuestItem = Extract<ItemRequest, { kind: 'renew' | 'pack' | 'top_up' }>;

export function writeItem(request: GuestItem): string {
  switch (request.kind) {
    case 'renew':
      return 'renew';
    case 'pack':
      return `pack:${request.product}`;
    case 'top_up':
      return `top_up:${request.amount.minor}`;
  }
}

/** Undefined when it is none of ours. `currency` is the market's. */
export function readItem(text: string, currency: string): GuestItem | undefined {
  const [, kind, rest = ''] = /^(renew|pack|top_up)(?::(.{1,60}))?$/.exec(text) ?? [];
  if (kind === 'renew' && rest === '') return { kind };
  if (kind === 'pack' && rest !== '') return { kind, product: rest };
  if (kind === 'top_up' && /^\d{1,15}$/.test(rest)) return { kind, amount: money(currency, BigInt(rest)) };
  return undefined;
}
