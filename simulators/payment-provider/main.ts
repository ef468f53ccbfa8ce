/** The simulator as a program: prints one JSON line when it listens, ends on SIGTERM, on Ctrl-C, and when its parent is gone. */
import { parseArgs } from 'node:util';
import { startPaymentSimulator } from './start-simulator.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    data: { type: 'string' },
    key: { type: 'string' },
    merchant: { type: 'string' },
    'public-url': { type: 'string' },
    'webhook-url': { type: 'string' },
    'webhook-secret': { type: 'string' },
    /** Ends when standard input does: a parent that was killed leaves nothing behind. */
    'follow-stdin': { type: 'boolean', default: false },
  },
});

const simulator = await startPaymentSimulator({
  port: Number(values.port),
  folder: values.data,
  key: values.key,
  merchant: values.merchant,
  publicUrl: values['public-url'],
  webhookUrl: values['webhook-url'],
  webhookSecret: values['webhook-secret'],
});

const end = (): void => {
  void simulator.close().then(() => process.exit(0));
};
process.once('SIGTERM', end);
process.once('SIGINT', end);
if (values['follow-stdin']) process.stdin.resume().once('end', end).once('close', end);

process.stdout.write(`${JSON.stringify({ ready: true, url: simulator.url, port: simulator.port, pid: process.pid })}\n`);
