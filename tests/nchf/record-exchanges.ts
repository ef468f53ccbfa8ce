/** For tests: stands between a core and the door, and writes down what both say. */
import assert from 'node:assert/strict';
import { createLog } from '#platform/log';
import { createSbiClient, type SbiRequest, type SbiRoute, serveSbi } from '#platform/sbi';

export type Exchange = {
  /** "/chargingdata/{ref}/update" */
  readonly path: string;
  readonly request: unknown;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly answer: unknown;
};

const ROOT = '/nchf-convergedcharging/v3';

/** `through` gives the port to ask at in place of the door's. */
export function recordExchanges(t: { after(end: () => unknown): void }): { exchanges: Exchange[]; through(port: number): Promise<number> } {
  const exchanges: Exchange[] = [];
  return {
    exchanges,
    async through(port) {
      const client = createSbiClient();
      const door = `http://127.0.0.1:${port}`;
      const route = (path: string): SbiRoute => ({
        ...{ method: 'POST', path },
        async answer({ params, body, origin }: SbiRequest) {
          const url = `${door}${ROOT}${path.replace('{ref}', params['ref'] ?? '')}`;
          const outcome = await client.request({ method: 'POST', url, body });
          assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
          const { status, headers, body: answer } = outcome as Extract<typeof outcome, { kind: 'answered' }>;
          exchanges.push({ path, request: body, status, contentType: headers['content-type'], answer });
          const { location } = headers;
          return { status, body: answer, ...(location === undefined ? {} : { headers: { location: location.replace(door, origin) } }) };
        },
      });
      const routes = ['/chargingdata', '/chargingdata/{ref}/update', '/chargingdata/{ref}/release'].map(route);
      const set = { name: 'nchf-convergedcharging', version: 'v3', fullVersion: '3.2.0', routes };
      const server = await serveSbi({ listen: [{ host: '127.0.0.1', port: 0 }], routeSets: [set], log: createLog(2, 'warn') });
      t.after(async () => {
        client.close();
        await server.close();
      });
      return server.ports[0] as number;
    },
  };
}
