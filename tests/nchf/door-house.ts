/** For tests: the Nchf door alone over a real socket, and bodies as consumers write them. */
import assert from 'node:assert/strict';
import { type NchfOptions, type NchfPeer, openNchf } from '#channels/nchf';
import { createChargingEngine, nameReference, type PeerProfile, replacedBy } from '#domain/charging';
import { parseStatement } from '#platform/database';
import { createLog } from '#platform/log';
import { createSbiClient } from '#platform/sbi';
import { activeLine, stateOf, type TestHouse, testHouse } from '#tests/house';

const log = createLog(2, 'silent');
export const SMF = '5f0e8f6a-6d5f-4a5b-9a55-3f5d6f0f7a11';
export const UPF = '0d9e2c9c-9f8d-4d38-8f6a-2b5f2f3a7c22';

export function peerOf(originHost: string, profile: PeerProfile['code'] = 'standard'): NchfPeer {
  return { originHost, profile, addresses: ['127.0.0.1'], needsTls: false, requestsMax: 1000, nfInstanceId: null };
}

export async function nchfHouse(t: Parameters<typeof testHouse>[0], more: Partial<NchfOptions> = {}) {
  const house = await testHouse(t);
  const engine = createChargingEngine(house.tools, async () => house.catalog, log);
  t.after(() => engine.close());
  const door = await openNchf({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ engine, clock: house.clock, log },
    nameReference: (beginning) => nameReference(house.database, beginning),
    replacedBy: (session) => replacedBy(house.database, session),
    peers: () => [peerOf(SMF), peerOf('smf', 'free5gc')],
    ...more,
  });
  const client = createSbiClient();
  t.after(async () => {
    client.close();
    await door.close();
  });
  const line = await activeLine(house);
  const { number } = (await stateOf(house, line)).line;
  const root = `http://127.0.0.1:${door.ports[0]}/nchf-convergedcharging/v3/chargingdata`;
  const post = async (url: string, body: unknown) => {
    const outcome = await client.request({ method: 'POST', url: url.startsWith('http') ? url : `${root}${url}`, body });
    assert.equal(outcome.kind, 'answered', JSON.stringify(outcome));
    const { status, headers, body: answered } = outcome as Extract<typeof outcome, { kind: 'answered' }>;
    return { status, headers, body: answered as Answered };
  };
  return { house, door, line, number, root, post };
}

type Answered = {
  cause?: string;
  invalidParams?: { param: string; reason?: string }[];
  invocationSequenceNumber?: number;
  multipleUnitInformation?: {
    ratingGroup: number;
    resultCode: string;
    uPFID?: string;
    grantedUnit?: { totalVolume: number };
    triggers?: { triggerType: string }[];
    validityTime?: number;
    volumeQuotaThreshold?: number;
  }[];
};

type Usage = { used?: number; asks?: boolean; at?: string; ratingGroup?: number; indicator?: string };

export function data(number: string, nFName: string, sequence: number | undefined, usage: readonly Usage[] = [], more: object = {}) {
  return {
    chargingId: 7,
    nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName },
    invocationTimeStamp: new Date().toISOString(),
    ...(sequence === undefined ? {} : { invocationSequenceNumber: sequence }),
    notifyUri: 'http://127.0.0.1:1/nsmf-callback/notify_1',
    pDUSessionChargingInformation: {
      userInformation: { servedGPSI: `msisdn-${number.slice(1)}` },
      pduSessionInformation: { pduSessionID: 1, dnnId: 'internet' },
    },
    multipleUnitUsage: usage.map(({ used, asks = true, at, ratingGroup = 10, indicator = 'ONLINE_CHARGING' }) => ({
      ...{ ratingGroup, uPFID: UPF },
      ...(asks ? { requestedUnit: { totalVolume: 1000 } } : {}),
      usedUnitContainer:
        used === undefined
          ? []
          : [
              {
                ...{ localSequenceNumber: 0, quotaManagementIndicator: indicator, totalVolume: used },
                triggers: [{ triggerType: 'QUOTA_EXHAUSTED', triggerCategory: 'IMMEDIATE_REPORT' }],
                triggerTimestamp: at ?? '2026-11-02T17:00:00Z',
              },
            ],
    })),
    ...more,
  };
}

const readUsed = parseStatement(
  'test.nchf-used',
  'select coalesce(sum(used), 0)::bigint as used from charging.request where slot = :slot and account_id = :account_id',
);

export async function usedIn({ database }: TestHouse, { slot, accountId }: { slot: number; accountId: bigint }): Promise<unknown> {
  const [row] = await database.query(readUsed, { slot, accountId });
  return (row as { used: bigint }).used;
}
