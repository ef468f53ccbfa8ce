/**
 * The payment simulator in a process of its own, with a durable store: the outside world, which goes on whatever happens
 * to us. It is the one of simulators/payment-provider; here its clock can be moved together with the nodes'.
 */
import { decodeJson } from '#platform/json';
import { startPaymentSimulator } from '#simulators/payment-provider';

export type SimulatorSettings = { readonly folder: string; readonly webhookUrl: string };
export type ToSimulator = { readonly tell: 'time'; readonly aheadMs: number };
export type FromSimulator =
  | { readonly told: 'ready'; readonly url: string; readonly port: number; readonly key: string; readonly webhookSecret: string }
  | { readonly told: 'moved' };

/** What takes seconds in the demonstration takes a part of one here; still longer than what is done at once. */
const TIMES = {
  webhookDelayMs: 50,
  lateWebhookMs: 4_000,
  slowMs: 400,
  lostMs: 250,
  refundMs: 1_500,
  disputeMs: 1_500,
  webhookTimeoutMs: 8_000,
  webhookRetriesMs: [300, 1_000, 2_000, 4_000, 8_000, ...Array.from({ length: 100 }, () => 15_000)],
};

const settings = decodeJson<SimulatorSettings>(process.argv[2] ?? '{}');
process.once('disconnect', () => process.exit(0));
const tell = (message: FromSimulator): void => void process.send?.(message);

let aheadMs = 0;
const { url, port, key, webhookSecret } = await startPaymentSimulator({
  ...settings,
  times: TIMES,
  now: () => new Date(Date.now() + aheadMs),
});
process.on('message', (message: ToSimulator) => {
  aheadMs = message.aheadMs;
  tell({ told: 'moved' });
});
tell({ told: 'ready', url, port, key, webhookSecret });
