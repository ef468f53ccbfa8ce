/** An offer's `item`: our own word for what was chosen, which the page gives back unread. */
import { money } from '#domain/money';
import type { ItemRequest } from '#domain/orders';

export function writeItem(request: ItemRequest): string {
  switch (request.kind) {
    case 'renew':
      return 'renew';
    case 'pack':
    case 'change':
      return `${request.kind}:${request.product}`;
    case 'queue':
      return `${request.startRule === 'at_end' ? 'queue' : 'queue_early'}:${request.product}`;
    case 'top_up':
      return `top_up:${request.amount.minor}`;
  }
}

/** Undefined when it is none of ours. `currency` is the market's. Who may buy it, `access` says. */
export function readItem(text: string, currency: string): ItemRequest | undefined {
  const [, kind, rest = ''] = /^(renew|pack|change|queue|queue_early|top_up)(?::(.{1,60}))?$/.exec(text) ?? [];
  if (kind === 'renew' && rest === '') return { kind };
  if ((kind === 'pack' || kind === 'change') && rest !== '') return { kind, product: rest };
  if ((kind === 'queue' || kind === 'queue_early') && rest !== '')
    return { kind: 'queue', product: rest, startRule: kind === 'queue' ? 'at_end' : 'on_exhaustion' };
  if (kind === 'top_up' && /^\d{1,15}$/.test(rest)) return { kind, amount: money(currency, BigInt(rest)) };
  return undefined;
}
