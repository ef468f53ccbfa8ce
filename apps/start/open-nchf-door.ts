/** The door for 5G consumers: opened where it is wished for, told to the NRF where there is one. */
import { readFileSync } from 'node:fs';
import { type NchfDoor, openNchf } from '#channels/nchf';
import { type ChargingEngine, type NetworkPeer, nameReference } from '#domain/charging';
import type { Config } from '#platform/config';
import { createSbiClient, createTokenChecker, instanceIdOf, type RouteSet, registerAtNrf } from '#platform/sbi';
import type { House } from '../house/index.ts';

export type NchfDoorOptions = {
  readonly house: House;
  readonly engine: ChargingEngine;
  readonly peers: () => readonly NetworkPeer[];
  readonly nchf: Config['nchf'];
  readonly nrf: Config['nrf'];
  /** Where to listen. */
  readonly host: string;
  readonly port: number;
  /** Where a line that has used its last quota is led to. */
  readonly redirectUrl?: string | undefined;
  /** Mounted beside converged charging. */
  readonly beside: readonly RouteSet[];
};

export type OpenNchfDoor = NchfDoor & { readonly port: number };

const HEARTBEAT_SECONDS = 30;

export async function openNchfDoor(options: NchfDoorOptions): Promise<OpenNchfDoor> {
  const { house, engine, peers, nchf, nrf, host } = options;
  const { tools, log } = house;
  const tls = nchf.tls && {
    ...{ cert: readFileSync(nchf.tls.cert), key: readFileSync(nchf.tls.key) },
    ...(nchf.tls.ca === undefined ? {} : { ca: readFileSync(nchf.tls.ca), requestCert: true, rejectUnauthorized: false }),
  };
  const instanceId = nrf?.instanceId ?? instanceIdOf(`${nchf.host}:${options.port}`);
  const signer = nrf?.cert === undefined ? undefined : readFileSync(nrf.cert, 'utf8');
  const now = () => tools.clock.transport();
  const door = await openNchf({
    listen: [{ host, port: options.port, ...(tls === undefined ? {} : { tls }) }],
    ...{ engine, log, clock: tools.clock, routeSets: options.beside, redirectUrl: options.redirectUrl },
    nameReference: (beginning) => nameReference(tools.database, beginning),
    peers: () => peers().filter((peer) => peer.door === 'nchf'),
    checkToken: signer === undefined ? undefined : createTokenChecker({ signers: [signer], audiences: [instanceId, 'CHF'], now }),
  });
  const port = door.ports[0] ?? options.port;
  const client = createSbiClient();
  const registration =
    nrf &&
    registerAtNrf({
      ...{ nrfUrl: nrf.url, needsToken: signer !== undefined, client, log },
      facts: {
        ...{ instanceId, nfType: 'CHF', host: nchf.host, port, routeSets: door.routeSets, heartbeatSeconds: HEARTBEAT_SECONDS },
        scheme: tls === undefined ? 'http' : 'https',
      },
    });
  return {
    ...door,
    port,
    async close() {
      // First nobody finds us any more, then nobody is answered.
      await registration?.close();
      client.close();
      await door.close();
    },
  };
}
