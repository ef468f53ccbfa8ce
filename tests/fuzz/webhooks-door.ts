/** Webhook bodies of the provider, signed as it signs them, so that what is inside is reached. */
import { createHmac } from 'node:crypto';
import { webhooksPlugin } from '#channels/webhooks';
import { doorHouse, serve } from '#tests/doors';
import { checkInvariants, newLine, order, RENEW, visitPage } from '#tests/house';
import type { FuzzDoor } from './fuzz-door.ts';
import { httpTarget } from './http-target.ts';

export const webhooksDoor: FuzzDoor = {
  name: 'webhooks',
  async open(context) {
    const house = await doorHouse(context);
    const served = await serve(context, [{ prefix: '/webhooks', plugin: webhooksPlugin({ house: house.house, catalog: house.cache }) }]);
    await visitPage(await order(house, await newLine(house), [RENEW]));
    const [payment] = house.simulator.state(-1).payments;
    const object = {
      id: payment?.id ?? 'pi_1',
      object: 'payment_intent',
      metadata: { ...payment?.metadata },
      amount: 1500,
      currency: 'usd',
      status: 'succeeded',
    };
    const event = (type: string, data: object) => ({
      ...{ id: 'evt_1', object: 'event', api_version: '2025-01-01', created: 1_762_102_800, livemode: false, type },
      data: { object: data },
    });
    const charge = { id: 'ch_1', object: 'charge', payment_intent: object.id, metadata: object.metadata };
    return httpTarget({
      url: served.url,
      samples: [
        ...['payment_intent.succeeded', 'payment_intent.payment_failed', 'payment_intent.processing'].map((type) => event(type, object)),
        event('checkout.session.completed', {
          id: 'cs_1',
          object: 'checkout.session',
          payment_intent: object.id,
          metadata: object.metadata,
        }),
        event('charge.refunded', charge),
        event('refund.updated', {
          id: 're_1',
          object: 'refund',
          status: 'succeeded',
          payment_intent: object.id,
          metadata: object.metadata,
        }),
        event('charge.dispute.created', {
          id: 'dp_1',
          object: 'dispute',
          payment_intent: object.id,
          status: 'needs_response',
          amount: 1500,
          currency: 'usd',
        }),
      ].map((body) => ({ method: 'POST', path: '/webhooks/stripe', body })),
      headers: (body) => ({ 'stripe-signature': signed(body, house.simulator.webhookSecret, house.clock.transport()) }),
      check: () => checkInvariants(house, { underWay: true }),
    });
  },
};

/** As docs.stripe.com/webhooks#verify-manually has it. */
function signed(body: string, secret: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
