/** A consumer that writes what a scenario asks as Nchf_ConvergedCharging, over HTTP/2 in clear text, and reads its answer from there. */
import { openNchf } from '#channels/nchf';
import {
  type AnsweredItem,
  type AskedItem,
  type ChargingAnswer,
  type ChargingRequest,
  type ChargingResult,
  nameReference,
  RESULTS,
  replacedBy,
} from '#domain/charging';
import { assert, present } from '#platform/assert';
import { createLog } from '#platform/log';
import { createSbiClient } from '#platform/sbi';
import { pieces } from './ask-by-gy.ts';
import { type Charge, PEER } from './ask-scenario.ts';
import type { ChargingHouse } from './example-charging.ts';

const log = createLog(2, 'silent');

/** One door for a whole table; of profiles the same holds as for Gy. */
export async function nchfAsker(t: { after(end: () => Promise<void> | void): void }, { test, engine }: ChargingHouse): Promise<Charge> {
  let terms: Partial<Pick<ChargingRequest, 'profile' | 'leadsToPage'>> = {};
  const charge: Charge = (request) => engine.charge({ ...request, ...terms });
  const { clock, database } = test;
  const door = await openNchf({
    listen: [{ host: '127.0.0.1', port: 0 }],
    ...{ engine: { charge }, clock, log },
    peers: () => [
      { originHost: PEER, profile: 'standard', addresses: ['127.0.0.1'], needsTls: false, requestsMax: 100, nfInstanceId: null },
    ],
    nameReference: (beginning) => nameReference(database, beginning),
    replacedBy: (session) => replacedBy(database, session),
  });
  const client = createSbiClient();
  t.after(async () => {
    client.close();
    await door.close();
  });
  const root = `http://127.0.0.1:${door.ports[0]}/nchf-convergedcharging/v3/chargingdata`;
  /** Where each session was told to go on; one that never began has no such place. */
  const locations = new Map<string, string>();
  const references: string[] = [];
  return async (request) => {
    terms = { profile: request.profile, leadsToPage: request.leadsToPage === true };
    const { reference, operation } = request;
    if (!references.includes(reference)) references.push(reference);
    const path = { begin: '', event: '', update: '/update', end: '/release', refund: '/none' }[operation];
    const url = path === '' ? root : `${locations.get(reference) ?? `${root}/never-begun`}${path}`;
    const body = writeRequest(request, references.indexOf(reference), clock.transport());
    const outcome = await client.request({ method: 'POST', url, body });
    assert(outcome.kind === 'answered', `a whole answer (${outcome.kind})`);
    if (outcome.status === 201) locations.set(reference, String(outcome.headers.location));
    return readAnswer(outcome.status, outcome.body as Answered | undefined);
  };
}

/** A phone has some PDU sessions, and each is charged under a number of its own. */
const PDU_SESSIONS = 256;

function writeRequest(request: ChargingRequest, place: number, now: Date): object {
  const { number, line, items, visitedNetwork, operation } = request;
  return {
    chargingId: place,
    nfConsumerIdentification: { nodeFunctionality: 'SMF', nFName: PEER },
    invocationTimeStamp: now.toISOString(),
    invocationSequenceNumber: Number(number),
    ...(operation === 'event' ? { oneTimeEvent: true, oneTimeEventType: 'IEC' } : {}),
    pDUSessionChargingInformation: {
      userInformation: { servedGPSI: `msisdn-${(line.number ?? '').slice(1)}` },
      pduSessionInformation: {
        ...{ pduSessionID: place % PDU_SESSIONS, dnnId: 'internet' },
        ...(visitedNetwork === undefined ? {} : { servingCNPlmnId: { mcc: visitedNetwork.slice(0, 3), mnc: visitedNetwork.slice(3) } }),
      },
    },
    multipleUnitUsage: items.map(writeUsage),
  };
}

function writeUsage({ ratingGroup, asked, used, usedAfterTariffChange: after }: AskedItem): object {
  const volumes = (whole: bigint, triggers: readonly object[]) =>
    pieces(whole).map((part) => ({ localSequenceNumber: 0, totalVolume: Number(part), triggers }));
  const changed = { triggerType: 'TARIFF_TIME_CHANGE', triggerCategory: 'DEFERRED_REPORT' };
  const containers = after === undefined ? volumes(used ?? 0n, []) : [...volumes((used ?? 0n) - after, [changed]), ...volumes(after, [])];
  return {
    ratingGroup,
    ...(asked === undefined ? {} : { requestedUnit: asked === null ? {} : { totalVolume: Number(asked) } }),
    ...(used === undefined ? {} : { usedUnitContainer: containers }),
  };
}

type Answered = {
  readonly cause?: string;
  readonly multipleUnitInformation?: readonly {
    readonly ratingGroup: number;
    readonly resultCode: string;
    readonly grantedUnit?: { readonly totalVolume: number; readonly tariffTimeChange?: string };
    readonly validityTime?: number;
    readonly finalUnitIndication?: object;
  }[];
};

function readAnswer(status: number, { cause, multipleUnitInformation = [] }: Answered = {}): ChargingAnswer {
  if (status >= 400) return { result: resultOf(({ http }) => http?.status === status && http.cause === cause, cause), items: [] };
  return {
    result: 'success',
    items: multipleUnitInformation.map(({ ratingGroup, resultCode, grantedUnit, validityTime, finalUnitIndication }): AnsweredItem => {
      const { totalVolume, tariffTimeChange } = grantedUnit ?? {};
      return {
        ...{ ratingGroup, serviceIdentifier: null, threshold: null, validitySeconds: validityTime ?? null },
        result: resultOf(({ nchf }) => nchf === resultCode, resultCode),
        granted: totalVolume === undefined ? null : BigInt(totalVolume),
        tariffChangeAt: tariffTimeChange === undefined ? null : new Date(tariffTimeChange),
        final: finalUnitIndication !== undefined,
        // Nchf tells no speed.
        speed: 'full',
      };
    }),
  };
}

function resultOf(isIt: (result: (typeof RESULTS)[ChargingResult]) => boolean, told: string | undefined): ChargingResult {
  const names = Object.keys(RESULTS) as ChargingResult[];
  return present(
    names.find((name) => isIt(RESULTS[name])),
    `a result of ours (${told})`,
  );
}
