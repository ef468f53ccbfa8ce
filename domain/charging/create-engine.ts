/**
 * The engine of one node: takes requests as they come, applies them in micro-batches of one durable commit each, and answers
 * each in time, definitely (G8). An account is in one batch at a time; what a batch leaves is charged alone.
 */
import type { Catalog } from '#domain/catalog';
import type { Log } from '#platform/log';
import type { Tools } from '#platform/tools';
import { createAccountQueue } from './account-queue.ts';
import { chargeAlone } from './charge-alone.ts';
import { type BatchAnswer, chargeBatch, type Known, learnAccounts } from './charge-batch.ts';
import type { ChargingAnswer, ChargingRequest } from './charging.ts';
import { createDayKeeper } from './days.ts';
import { createKnownAccounts } from './known-accounts.ts';
import { createKnownPlaces } from './known-places.ts';
import { type Located, locateRequests } from './locate-requests.ts';
import { createPatience, type Waiting } from './patience.ts';
import type { ChargingResult } from './results.ts';

export type ChargingEngine = {
  /** Always answers: 'busy' when it could not be done in time. It may have been done then; the same request again says so. */
  charge(request: ChargingRequest): Promise<ChargingAnswer>;
  /** Waits for what is under way. */
  close(): Promise<void>;
};

export type EngineOptions = {
  /** 64: at 256 the planner chose hash joins (architecture.md of the plan). */
  readonly batchMax?: number;
  readonly inFlightMax?: number;
  /** Half of the peer's Tx timer (RFC 8506 §13: 10 s). */
  readonly waitMsMax?: number;
  readonly waitingMax?: number;
  /** Told of each batch, how many requests it has. */
  readonly onBatch?: (requests: number) => void;
};

type Asked = { readonly request: ChargingRequest; readonly waiting: Waiting<ChargingAnswer> };
type Ready = { readonly waiting: Waiting<ChargingAnswer>; readonly located: Located };

export function createChargingEngine(
  tools: Tools,
  catalog: () => Promise<Catalog>,
  log: Pick<Log, 'error'>,
  { batchMax = 64, inFlightMax = 4, waitMsMax = 5000, waitingMax = 20_000, onBatch = () => {} }: EngineOptions = {},
): ChargingEngine {
  const known: Known = { accounts: createKnownAccounts(), places: createKnownPlaces() };
  const idle: (() => void)[] = [];
  const patience = createPatience(waitMsMax, () => {
    turns.wake();
    return answerOf('busy');
  });
  const turns = createTurns(chargeWith(tools, catalog, known, log), { batchMax, inFlightMax, onBatch }, () => {
    if (patience.size === 0) for (const done of idle.splice(0)) done();
  });
  return {
    charge(request) {
      if (patience.size >= waitingMax) return Promise.resolve(answerOf('busy'));
      const waiting = patience.wait();
      turns.add({ request, waiting }, known.places.of(request));
      return waiting.given;
    },
    close: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        turns.wake();
      }),
  };
}

type Turns = { add(asked: Asked, located: Located | undefined): void; wake(): void };

/** Whose turn it is: to be placed, to be charged with others, to be charged alone. `onIdle` when nothing is under way. */
function createTurns(
  charge: Steps,
  { batchMax, inFlightMax, onBatch }: Required<Pick<EngineOptions, 'batchMax' | 'inFlightMax' | 'onBatch'>>,
  onIdle: () => void,
): Turns {
  const arriving: Asked[] = [];
  const queue = createAccountQueue<Ready>();
  let [wakes, locating, inFlight] = [false, 0, 0];

  /** What comes in one turn of the event loop is taken together. */
  function wake(): void {
    if (wakes) return;
    wakes = true;
    queueMicrotask(takeTurns);
  }

  function takeTurns(): void {
    wakes = false;
    if (arriving.length > 0 && locating < inFlightMax) void locate(arriving.splice(0, batchMax));
    while (inFlight < inFlightMax) {
      const batch = queue.take(batchMax);
      if (batch.length === 0) break;
      void apply(batch);
    }
    if (locating === 0 && inFlight === 0) onIdle();
  }

  async function locate(taken: readonly Asked[]): Promise<void> {
    locating += 1;
    const found = await charge.locate(taken.map(({ request }) => request));
    for (const [index, { waiting }] of taken.entries()) {
      const located = found[index] ?? 'busy';
      if (typeof located === 'string') waiting.give(answerOf(located));
      else queue.add(located.accountId, { waiting, located });
    }
    locating -= 1;
    wake();
  }

  /** Those that the batch could answer have their answer before the first that it could not begins. */
  async function apply(batch: readonly Ready[]): Promise<void> {
    inFlight += 1;
    onBatch(batch.length);
    const answers = await charge.together(batch.map(({ located }) => located));
    const alone: Ready[] = [];
    for (const [index, one] of batch.entries()) {
      const given = answers[index] ?? 'alone';
      if (given === 'alone') alone.push(one);
      else settle(one, given);
    }
    for (const one of alone) settle(one, await charge.alone(one.located));
    inFlight -= 1;
    wake();
  }

  function settle({ located, waiting }: Ready, given: ChargingAnswer): void {
    waiting.give(given);
    queue.done(located.accountId);
  }

  return {
    add({ request, waiting }, located) {
      if (located === undefined) arriving.push({ request, waiting });
      else queue.add(located.accountId, { waiting, located });
      wake();
    },
    wake,
  };
}

type Steps = ReturnType<typeof chargeWith>;

/** The steps of a request, none of which throws: what fails is told in the log, and answered. */
function chargeWith(tools: Tools, catalog: () => Promise<Catalog>, known: Known, log: Pick<Log, 'error'>) {
  const keepDay = createDayKeeper(tools.database);
  return {
    async locate(requests: readonly ChargingRequest[]): Promise<(Located | ChargingResult)[]> {
      try {
        const found = await locateRequests(tools.database, requests);
        const placed = found.filter((one) => typeof one !== 'string');
        for (const one of placed) if (one.sessionId !== null) known.places.keep(one.request, one);
        await learnAccounts(tools, known, placed);
        return found;
      } catch (error) {
        log.error({ err: error, requests: requests.length }, 'requests could not be placed');
        return [];
      }
    },
    async together(batch: readonly Located[]): Promise<readonly BatchAnswer[]> {
      try {
        await keepDay(tools.clock.transport());
        return await chargeBatch(tools, await catalog(), known, batch);
      } catch (error) {
        log.error({ err: error, requests: batch.length }, 'a batch failed and is run one by one');
        return [];
      }
    },
    async alone(located: Located): Promise<ChargingAnswer> {
      try {
        await keepDay(tools.clock.transport());
        return await chargeAlone(tools, await catalog(), located);
      } catch (error) {
        log.error({ err: error, session: located.request.reference }, 'a request could not be charged');
        return answerOf('busy');
      } finally {
        known.accounts.forget(located.accountId);
      }
    },
  };
}

function answerOf(result: ChargingResult): ChargingAnswer {
  return { result, items: [] };
}
