/** The JSON API, as a guest. */
import { apiHouse } from '#tests/doors';
import { checkInvariants, newLine, stateOf } from '#tests/house';
import type { FuzzDoor } from './fuzz-door.ts';
import { httpTarget } from './http-target.ts';

export const apiDoor: FuzzDoor = {
  name: 'api',
  async open(context) {
    const house = await apiHouse(context);
    const { number } = (await stateOf(house, await newLine(house))).line;
    const quote = { number, items: [{ kind: 'renew' }] };
    const { secret } = (await house.post('/quotes', { body: quote })).view as { secret?: string };
    return httpTarget({
      url: house.url,
      samples: [
        { method: 'POST', path: '/api/v1/quotes', body: quote },
        {
          method: 'POST',
          path: '/api/v1/quotes',
          body: { number, items: [{ kind: 'top_up', amount: { currency: 'USD', amount: '20.00' } }] },
        },
        { method: 'POST', path: '/api/v1/orders', body: { quote: secret, termsVersion: '2025-01', way: { kind: 'page' }, language: 'en' } },
        { method: 'POST', path: '/api/v1/sign-ins', body: { code: 'x' } },
        { method: 'POST', path: `/api/v1/orders/${secret}/pay`, body: { way: { kind: 'page' } } },
        { method: 'POST', path: `/api/v1/orders/${secret}/cancel`, body: {} },
        { method: 'GET', path: `/api/v1/line?number=${encodeURIComponent(number)}` },
        { method: 'GET', path: `/api/v1/quotes/${secret}` },
        { method: 'POST', path: '/api/v1/line/cap', body: { number, octets: 1_000_000_000 } },
        { method: 'GET', path: '/api/v1/plans' },
      ],
      headers: (body) => ({ 'idempotency-key': `fuzz-${body.length}` }),
      check: () => checkInvariants(house, { underWay: true }),
    });
  },
};
