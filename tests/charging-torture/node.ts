/**
 * A charging node as production wires it (apps/house, apps/start): the house, the engine, the Gy door, the janitor's round. It
 * may be killed at any moment; it ends with its parent.
 */
import { decodeJson } from '#platform/json';
import { createLog } from '#platform/log';
import { seededRandom } from '#platform/random';
import { benchProvider } from '../../apps/bench/bench-provider.ts';
import { buildHouse, runJanitor } from '../../apps/house/index.ts';
import { openNetwork } from '../../apps/start/open-network.ts';
import { COMMIT, cutAnswers } from '../torture/cut-answers.ts';
import type { ChargingNodeSettings, FromChargingNode, ToChargingNode } from './supervise-nodes.ts';

const CONNECTIONS_MAX = 8;
/** The crontab of a node runs this once a minute; here minutes pass in seconds. */
const ROUND_MS = 2_000;

const settings = decodeJson<ChargingNodeSettings>(process.argv[2] ?? '{}');
process.once('disconnect', () => process.exit(0));
const tell = (message: FromChargingNode): void => void process.send?.(message);

const random = seededRandom(settings.seed);
const cutter = cutAnswers(settings.connection, {
  statements: COMMIT,
  chance: () => random.below(1 << 24) / (1 << 24),
  onCut: () => tell({ told: 'cut' }),
});
const log = createLog(settings.log, 'warn');
const house = await buildHouse({
  connection: cutter.connection,
  connectionsMax: CONNECTIONS_MAX,
  publicUrl: 'http://everline.example',
  provider: benchProvider,
  senders: {},
  log,
});
const network = await openNetwork({
  house,
  connection: settings.connection,
  ...{ nchf: { port: 0, host: '127.0.0.1', tls: undefined }, nrf: undefined },
  ...{ host: '127.0.0.1', port: settings.port, originHost: settings.originHost, originRealm: 'everline.example' },
});
cutter.cutOneIn(settings.cutOneIn);
process.on('message', ({ oneIn }: ToChargingNode) => cutter.cutOneIn(oneIn));
void rounds();
tell({ told: 'ready', port: network.gy.ports[0] ?? 0 });

async function rounds(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, ROUND_MS));
    await runJanitor(house).catch((error: unknown) => log.warn({ err: error }, 'a round failed'));
  }
}
