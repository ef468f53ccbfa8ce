/** From the environment to a house that is safe to use: the database at hand, its schema, its settings, its provider. */
import type pg from 'pg';
import { createSmtpSender } from '#adapters/smtp';
import { createStripeProvider } from '#adapters/stripe';
import type { Senders } from '#domain/notices';
import type { PaymentProvider } from '#domain/payments';
import type { Config } from '#platform/config';
import { createDatabase, createPool } from '#platform/database';
import { type Installation, readInstallation } from '#platform/installation';
import type { Log } from '#platform/log';
import { migrate, programConnection } from '#platform/migrate';
import { type Check, checkServer } from '#platform/postgres';
import { type DatabaseAtHand, openDatabase } from '../connect/index.ts';
import { buildHouse, type House } from './build-house.ts';
import { noProvider } from './no-provider.ts';
import { readRunning } from './running.ts';

export type OpenHouse = {
  readonly house: House;
  readonly database: DatabaseAtHand;
  /** In the program's role. */
  readonly connection: pg.ClientConfig;
  readonly installation: Installation | undefined;
  readonly checks: readonly Check[];
  close(): Promise<void>;
};

export type OpenOptions = {
  readonly config: Config;
  readonly log: Log;
  readonly print: (line: string) => void;
  readonly connectionsMax?: number;
  /** Runs the embedded server itself: `everline start`. */
  readonly alone?: boolean;
  /** Brings one's own server to this program's schema too: whoever makes an installation means to. */
  readonly migrates?: boolean;
  /** How people reach us when `PUBLIC_URL` says nothing. */
  readonly publicUrl?: string;
  /** The provider new payments go to; else Stripe as configured, else the running demonstration's simulator, else none. */
  readonly provider?: (installation: Installation | undefined) => Promise<PaymentProvider | undefined>;
};

export class UnsafeDatabase extends Error {
  override name = 'UnsafeDatabase';
}

/** Throws UnsafeDatabase when a setting that protects money is wrong, naming each with what to do. */
export async function openHouse(options: OpenOptions): Promise<OpenHouse> {
  const { config, log, print } = options;
  const database = await openDatabase(config, print, options.alone);
  try {
    // One's own server is migrated when its operator says so (`everline migrate`); the embedded one follows the program.
    if (database.embedded || options.migrates) await migrate(database.connection);
    const checks = await checkServer(database.connection);
    const wrong = checks.filter((check) => !check.ok && check.refuse);
    if (wrong.length > 0) throw new UnsafeDatabase(wrong.map((check) => `${check.name} is ${check.value}. ${check.whatToDo}`).join('\n'));
    const { connection } = await programConnection(database.connection);
    const installation = await installationAt(connection);
    const provider = (await options.provider?.(installation)) ?? configuredProvider(config, log);
    const publicUrl = config.publicUrl ?? options.publicUrl ?? readRunning(config.home)?.publicUrl ?? `http://localhost:${config.port}`;
    const house = await buildHouse({
      connection,
      connectionsMax: options.connectionsMax ?? 10,
      publicUrl,
      provider,
      senders: senders(config),
      log,
    });
    const close = async () => {
      await house.close();
      await database.release();
    };
    return { house, database, connection, installation, checks, close };
  } catch (error) {
    await database.release();
    throw error;
  }
}

/** Read before the house is built: a demonstration is paid otherwise than an installation of one's own. */
async function installationAt(connection: pg.ClientConfig): Promise<Installation | undefined> {
  const source = createPool({ connection, connectionsMax: 1, onIdleError: () => {} });
  try {
    return await readInstallation(createDatabase(source));
  } finally {
    await source.close();
  }
}

function configuredProvider(config: Config, log: Log): PaymentProvider {
  const running = readRunning(config.home);
  const onTrouble = (cause: string) => log.warn({ cause }, 'the payment provider gave no clear answer');
  if (config.stripe !== undefined) {
    const { secretKey, webhookSecret, host } = config.stripe;
    return createStripeProvider({ secretKey, webhookSecrets: [webhookSecret], ...hostParts(host), onTrouble });
  }
  if (running?.simulator !== undefined) {
    const { key, webhookSecret, url } = running.simulator;
    return createStripeProvider({ secretKey: key, webhookSecrets: [webhookSecret], ...hostParts(url), onTrouble });
  }
  return noProvider;
}

export function hostParts(url: string | undefined) {
  if (url === undefined) return {};
  const { protocol, hostname, port } = new URL(url);
  const scheme = protocol === 'http:' ? ('http' as const) : ('https' as const);
  return { protocol: scheme, host: hostname, port: Number(port || (scheme === 'http' ? 80 : 443)) };
}

function senders(config: Config): Senders {
  if (config.mail === undefined) return {};
  return { mail: createSmtpSender({ url: config.mail.smtpUrl, from: config.mail.from }) };
}
