/** What the environment may say, read once at start; everything has a default that works on a laptop. */
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { isNetwork } from '#platform/networks';

export type Config = {
  /** Where an installation keeps its data: `EVERLINE_HOME`, else `.everline` in the project. */
  readonly home: string;
  /** The port wished for: `PORT`, else 3000. */
  readonly port: number;
  /** A PostgreSQL of one's own (15 or later): `DATABASE_URL`. */
  readonly databaseUrl: string | undefined;
  /** Where packet cores connect, and what we are called there: `DIAMETER_PORT`, else 3868; `DIAMETER_HOST`, "ocs.everline.example". */
  readonly diameter: {
    readonly port: number;
    readonly originHost: string;
    readonly originRealm: string;
    /**
     * By TLS too, where `DIAMETER_TLS_CERT`, `DIAMETER_TLS_KEY` and `DIAMETER_TLS_CA` name files: our certificate, its key, and who
     * signs those of peers, which are asked for. `DIAMETER_TLS_PORT`, else 5658 (RFC 6733 §2.1).
     */
    readonly tls?: DiameterTls | undefined;
  };
  /**
   * Where 5G consumers ask: `NCHF_PORT`, else 7777; `NCHF_HOST`, the address or name they reach us by. With `NCHF_TLS_CERT` and `NCHF_TLS_KEY`
   * (files) over TLS, with `NCHF_TLS_CA` for consumers that show a certificate of that authority.
   */
  readonly nchf: {
    readonly port: number;
    readonly host: string;
    readonly tls: { readonly cert: string; readonly key: string; readonly ca: string | undefined } | undefined;
  };
  /** An NRF to register at: `NRF_URL`, as `NCHF_INSTANCE_ID` if that is set; with `NRF_CERT` (a file) its tokens are needed. */
  readonly nrf: { readonly url: string; readonly instanceId: string | undefined; readonly cert: string | undefined } | undefined;
  /** Whether a demonstration's lines are used by a simulated packet core: `EVERLINE_TRAFFIC`, "on" unless told. */
  readonly traffic: boolean;
  /**
   * Whether packet cores are given a little while the database is away: `EMERGENCY_QUOTA`, "off" unless told. What was given is kept in
   * `EMERGENCY_JOURNAL`, a folder of this node's own on a disk of its own machine; `EMERGENCY_LIMITS` in MB: a quota, a line in a day, all lines in a day.
   */
  readonly emergency:
    | { readonly folder: string; readonly grantMb: number; readonly lineADayMb: number; readonly nodeADayMb: number }
    | undefined;
  /** How people reach us: `PUBLIC_URL`, without a slash at its end. Links in mail and SMS, return addresses, Secure cookies. */
  readonly publicUrl: string | undefined;
  /** Addresses and networks of proxies that stand before us and say whom they speak for: `TRUSTED_PROXIES`, "127.0.0.1, 10.0.0.0/8". */
  readonly trustedProxies: readonly string[];
  /** Addresses and networks that may read `/metrics`, coming straight: `METRICS_FROM`, this machine unless told. */
  readonly metricsFrom: readonly string[];
  /** Mail really leaves when `SMTP_URL` is set, from `MAIL_FROM` ("Northwind Mobile <help@northwind.example>"). */
  readonly mail: { readonly smtpUrl: string; readonly from: { readonly name: string; readonly address: string } } | undefined;
  /** A real Stripe account: `STRIPE_SECRET_KEY` and `STRIPE_WEBHOOK_SECRET`; `STRIPE_HOST` (http://host:port) for a stand-in. */
  readonly stripe: { readonly secretKey: string; readonly webhookSecret: string; readonly host: string | undefined } | undefined;
};

export type DiameterTls = { readonly port: number; readonly certFile: string; readonly keyFile: string; readonly caFile: string };

export class ConfigTrouble extends Error {
  override name = 'ConfigTrouble';
}

/** Throws ConfigTrouble, whose message says which variable is wrong and what it takes. */
export function readConfig(environment: NodeJS.ProcessEnv, projectFolder: string): Config {
  const value = (name: string) => environment[name]?.trim() || undefined;
  return {
    home: resolve(value('EVERLINE_HOME') ?? resolve(projectFolder, '.everline')),
    port: readPort('PORT', value('PORT'), 3000),
    diameter: {
      ...readDiameter(readPort('DIAMETER_PORT', value('DIAMETER_PORT'), value('PORT') === '0' ? 0 : 3868), value('DIAMETER_HOST')),
      tls: readDiameterTls(readPort('DIAMETER_TLS_PORT', value('DIAMETER_TLS_PORT'), value('PORT') === '0' ? 0 : 5658), {
        certFile: value('DIAMETER_TLS_CERT'),
        keyFile: value('DIAMETER_TLS_KEY'),
        caFile: value('DIAMETER_TLS_CA'),
      }),
    },
    nchf: readNchf(readPort('NCHF_PORT', value('NCHF_PORT'), value('PORT') === '0' ? 0 : 7777), value),
    nrf: readNrf(readUrl('NRF_URL', value('NRF_URL'), ['http:', 'https:']), value),
    traffic: readSwitch('EVERLINE_TRAFFIC', value('EVERLINE_TRAFFIC') ?? 'on'),
    emergency: readEmergency(value, resolve(value('EVERLINE_HOME') ?? resolve(projectFolder, '.everline'), 'emergency')),
    databaseUrl: readDatabaseUrl(value('DATABASE_URL')),
    publicUrl: readUrl('PUBLIC_URL', value('PUBLIC_URL'), ['http:', 'https:'])?.replace(/\/+$/, ''),
    trustedProxies: readNetworks('TRUSTED_PROXIES', value('TRUSTED_PROXIES')),
    metricsFrom: readNetworks('METRICS_FROM', value('METRICS_FROM') ?? '127.0.0.1, ::1'),
    mail: readMail(readUrl('SMTP_URL', value('SMTP_URL'), ['smtp:', 'smtps:']), value('MAIL_FROM')),
    stripe: readStripe(value('STRIPE_SECRET_KEY'), value('STRIPE_WEBHOOK_SECRET'), value('STRIPE_HOST')),
  };
}

function readPort(name: string, text: string | undefined, usual: number): number {
  const port = Number(text ?? usual);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ConfigTrouble(`${name} is ${text}; it takes a number from 0 to 65535 (0 takes any free port).`);
}

function readSwitch(name: string, text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on';
  throw new ConfigTrouble(`${name} is ${text}; it takes on or off.`);
}

/** A Diameter identity is a domain name, its realm what follows the first label (RFC 6733 §4.3.1). */
function readDiameter(port: number, host = 'ocs.everline.localdomain'): Config['diameter'] {
  const [, originRealm] = /^[a-z0-9-]+\.([a-z0-9.-]+)$/i.exec(host) ?? [];
  if (originRealm === undefined) throw new ConfigTrouble(`DIAMETER_HOST is ${host}; it takes a domain name, as in "ocs.everline.example".`);
  return { port, originHost: host.toLowerCase(), originRealm: originRealm.toLowerCase() };
}

function readDiameterTls(
  port: number,
  { certFile, keyFile, caFile }: Readonly<Record<'certFile' | 'keyFile' | 'caFile', string | undefined>>,
): DiameterTls | undefined {
  if (certFile === undefined && keyFile === undefined && caFile === undefined) return undefined;
  // Without the authority of peers anybody could come by TLS and say any name.
  if (certFile === undefined || keyFile === undefined || caFile === undefined)
    throw new ConfigTrouble('DIAMETER_TLS_CERT, DIAMETER_TLS_KEY and DIAMETER_TLS_CA are set together or not at all; each names a file.');
  return { port, certFile: resolve(certFile), keyFile: resolve(keyFile), caFile: resolve(caFile) };
}

type Value = (name: string) => string | undefined;

function readNchf(port: number, value: Value): Config['nchf'] {
  const host = value('NCHF_HOST') ?? '127.0.0.1';
  if (isIP(host) === 0 && !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(host))
    throw new ConfigTrouble(`NCHF_HOST is ${host}; it takes an address or a name, as in "192.0.2.7" or "chf.everline.example".`);
  const [cert, key, ca] = [value('NCHF_TLS_CERT'), value('NCHF_TLS_KEY'), value('NCHF_TLS_CA')];
  if ((cert === undefined) !== (key === undefined))
    throw new ConfigTrouble('NCHF_TLS_CERT and NCHF_TLS_KEY are set together or not at all.');
  return { port, host, tls: cert === undefined || key === undefined ? undefined : { cert, key, ca } };
}

function readNrf(url: string | undefined, value: Value): Config['nrf'] {
  const instanceId = value('NCHF_INSTANCE_ID')?.toLowerCase();
  if (instanceId !== undefined && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(instanceId))
    throw new ConfigTrouble(`NCHF_INSTANCE_ID is ${instanceId}; it takes a UUID.`);
  const cert = value('NRF_CERT');
  if (url === undefined && cert !== undefined)
    throw new ConfigTrouble('NRF_CERT needs NRF_URL: the address of the NRF that signs the tokens.');
  return url === undefined ? undefined : { url, instanceId, cert };
}

/** MB as networks count them, a million octets. */
function readEmergency(value: (name: string) => string | undefined, usual: string): Config['emergency'] {
  if (!readSwitch('EMERGENCY_QUOTA', value('EMERGENCY_QUOTA') ?? 'off')) return undefined;
  const text = value('EMERGENCY_LIMITS') ?? '5,50,5000';
  const [, grant, line, node] = /^(\d{1,6}),\s*(\d{1,7}),\s*(\d{1,9})$/.exec(text) ?? [];
  const [grantMb, lineADayMb, nodeADayMb] = [Number(grant), Number(line), Number(node)];
  if (!(grantMb > 0 && grantMb <= lineADayMb && lineADayMb <= nodeADayMb))
    throw new ConfigTrouble(
      `EMERGENCY_LIMITS is ${text}; it takes MB of a quota, of a line in a day and of all lines in a day, as in "5,50,5000".`,
    );
  return { folder: resolve(value('EMERGENCY_JOURNAL') ?? usual), grantMb, lineADayMb, nodeADayMb };
}

function readUrl(name: string, text: string | undefined, protocols: readonly string[]): string | undefined {
  if (text === undefined) return undefined;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  throw new ConfigTrouble(
    `${name} cannot be read; it takes an address that begins with ${protocols.map((one) => `${one}//`).join(' or ')}.`,
  );
}

/** libpq's addresses are no URLs in every part: "postgresql://user@/name?host=/run/postgresql" goes through a socket. */
function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined || /^postgres(ql)?:\/\/./.test(text)) return text;
  throw new ConfigTrouble('DATABASE_URL cannot be read; it takes an address that begins with postgres:// or postgresql://.');
}

function readNetworks(name: string, text = ''): readonly string[] {
  const networks = text.split(/[\s,]+/).filter((one) => one !== '');
  const wrong = networks.find((one) => !isNetwork(one));
  if (wrong === undefined) return networks;
  throw new ConfigTrouble(`${name} names ${wrong}; it takes addresses and networks, as in "127.0.0.1, 10.0.0.0/8".`);
}

function readMail(smtpUrl: string | undefined, from: string | undefined): Config['mail'] {
  if (smtpUrl === undefined) return undefined;
  const { name = '', address } = /^(?:(?<name>[^<>]*)<)?(?<address>[^\s<>@]+@[^\s<>@]+)>?$/.exec(from ?? '')?.groups ?? {};
  if (address === undefined)
    throw new ConfigTrouble('SMTP_URL needs MAIL_FROM: whom mail is from, as in "Northwind Mobile <help@northwind.example>".');
  return { smtpUrl, from: { name: name.trim(), address } };
}

function readStripe(secretKey: string | undefined, webhookSecret: string | undefined, host: string | undefined): Config['stripe'] {
  if (secretKey === undefined && webhookSecret === undefined) return undefined;
  if (secretKey === undefined || webhookSecret === undefined)
    throw new ConfigTrouble('STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET are set together or not at all.');
  return { secretKey, webhookSecret, host: readUrl('STRIPE_HOST', host, ['http:', 'https:']) };
}
