/** Starts the NRF: in a process of its own (main.ts) or in a test's. */
import { createLog } from '#platform/log';
import { serveSbi } from '#platform/sbi';
import { Nrf, type NrfOptions } from './nrf.ts';
import { nrfRoutes } from './routes.ts';

export type NrfSimulator = {
  readonly nrf: Nrf;
  readonly url: string;
  close(): Promise<void>;
};

export async function startNrf(
  options: Partial<NrfOptions> & { readonly host?: string; readonly port?: number } = {},
): Promise<NrfSimulator> {
  const { host = '127.0.0.1', port = 0, heartbeatSeconds = 10, algorithm = 'RS512', tokenSeconds = 1000, now = () => new Date() } = options;
  const nrf = new Nrf({ heartbeatSeconds, algorithm, tokenSeconds, now });
  const server = await serveSbi({ listen: [{ host, port }], routeSets: nrfRoutes(nrf), log: createLog(2, 'warn') });
  return { nrf, url: `http://${host}:${server.ports[0]}`, close: () => server.close() };
}
