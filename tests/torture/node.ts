/**
 * A node as production wires it (apps/house, apps/start), with the payment simulator as its provider, a door of its own
 * and a transport clock that can be moved on. It may be killed at any moment; it ends with its parent.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createStripeProvider } from '#adapters/stripe';
import { runDueLines } from '#domain/lines';
import { handleEvent } from '#domain/orders';
import { type PaymentProvider, verifyEvent } from '#domain/payments';
import { isConnectionLost } from '#platform/database';
import { decodeJson, encodeJson } from '#platform/json';
import { createLog } from '#platform/log';
import { seededRandom } from '#platform/random';
import { isRefusal } from '#platform/refusals';
import { buildHouse, type House, runJanitor } from '../../apps/house/index.ts';
import { runJobs } from '../../apps/start/run-jobs.ts';
import { answerAsk } from './answer-asks.ts';
import type { Ask, Reply } from './asks.ts';
import { COMMIT, cutAnswers, TAKE_OR_END_JOB } from './cut-answers.ts';
import { createGate } from './gate.ts';
import type { FromNode, NodeSettings, ToNode } from './orders-to-node.ts';

const CONNECTIONS_MAX = 12;
/** The crontab of a node runs these once a minute; here minutes pass in seconds. */
const ROUND_MS = 1_000;
/** The simulator answers within a second, or never. */
const PROVIDER_TIMEOUT_MS = 4_000;

const settings = decodeJson<NodeSettings>(process.argv[2] ?? '{}');
process.once('disconnect', () => process.exit(0));
const tell = (message: FromNode): void => void process.send?.(message);

const random = seededRandom(settings.seed);
const chance = () => random.below(1 << 24) / (1 << 24);
const cutter = cutAnswers(settings.connection, { statements: COMMIT, chance, onCut: () => tell({ told: 'cut', what: 'commits' }) });
const jobCutter = cutAnswers(settings.connection, {
  statements: TAKE_OR_END_JOB,
  chance,
  onCut: () => tell({ told: 'cut', what: 'jobs' }),
});
const log = createLog(settings.log, 'warn');
const { port, key, webhookSecret } = settings.simulator;
const onTrouble = (cause: string) => log.warn({ cause }, 'the payment provider gave no clear answer');
const provider = createStripeProvider({
  secretKey: key,
  webhookSecrets: [webhookSecret],
  host: '127.0.0.1',
  port,
  protocol: 'http',
  timeoutMs: PROVIDER_TIMEOUT_MS,
  onTrouble,
});
const house = await buildHouse({
  connection: cutter.connection,
  connectionsMax: CONNECTIONS_MAX,
  publicUrl: 'http://everline.example',
  provider,
  senders: {},
  log,
});

let { aheadMs } = settings;
moveTime(house);
cut(settings.cutOneIn);
const gate = createGate();
process.on('message', (message: ToNode) => void obey(message));
await runJobs(house, jobCutter.connection);
void rounds(() => runJanitor(house));
void rounds(async () => void (await runDueLines(house.tools, await house.catalog.current())));

const server = createServer((request, response) => void serve(request, response));
server.listen(0, '127.0.0.1', () => tell({ told: 'ready', port: (server.address() as AddressInfo).port }));

/** Both clocks run ahead of the machine's; production has no way to do this to its transport time, and needs none. */
function moveTime({ tools: { clock } }: House): void {
  clock.transport = () => new Date(Date.now() + aheadMs);
  clock.business = () => new Date(Date.now() + aheadMs + clock.offsetMs);
}

/** Each loss of a job's answer has the node's workers replaced, so they are rarer than lost commits. */
function cut(oneIn: number): void {
  cutter.cutOneIn(oneIn);
  jobCutter.cutOneIn(oneIn * 10);
}

async function obey(message: ToNode): Promise<void> {
  if (message.tell === 'cut') return cut(message.oneIn);
  if (message.tell === 'close_gate') {
    await gate.close();
    return tell({ told: 'gate_closed' });
  }
  aheadMs = message.aheadMs;
  gate.open();
}

async function rounds(work: () => Promise<void>): Promise<void> {
  for (;;) {
    await gate.pass(work).catch((error: unknown) => log.warn({ err: error }, 'a round failed'));
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
  }
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  } catch {
    return void response.destroy();
  }
  const body = Buffer.concat(chunks);
  if (request.url === '/webhook') return hear(provider, request, body, response);
  const reply = await gate.pass(() => answer(decodeJson<Ask>(body.toString())));
  response.writeHead('broken' in reply ? 500 : 200, { 'content-type': 'application/json' }).end(encodeJson(reply));
}

async function answer(ask: Ask): Promise<Reply> {
  try {
    const value = await answerAsk(house, ask);
    return isRefusal(value) ? { refused: value.code } : { value };
  } catch (error) {
    log.warn({ err: error, ask: ask.ask }, 'an ask broke');
    const cause = error instanceof Error ? error.message : String(error);
    return { broken: cause, databaseAway: isConnectionLost(error) };
  }
}

/** As channels/webhooks does: 200 when done, 400 for what is not the provider's, 500 to be told again. */
async function hear(from: PaymentProvider, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
  const headers = { 'stripe-signature': request.headers['stripe-signature'] as string | undefined };
  const status = await gate.pass(async () => {
    try {
      await house.catalog.current();
      const event = verifyEvent(from, body, headers, house.tools.clock.transport());
      if (isRefusal(event)) return 400;
      await handleEvent(house.orders, event);
      return 200;
    } catch (error) {
      log.warn({ err: error }, 'a webhook broke');
      return 500;
    }
  });
  response.writeHead(status).end();
}
