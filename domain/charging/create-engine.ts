/**
 * The engine of one node: takes requests as they come, applies them in micro-batches of one durable commit each, and answers
 * each in time, definitely (G8). An account is in one batch at a time; what a batch leaves is charged alone.
 */
import type { Catalog } from '#domain/catalog';
import type { Log } from '#platform/log';
import type { Tools } from '#platform/tools';
import { createAccountQueue } from './account-queue.ts';
import { chargeAlone } from './charge-alone.ts';
import { type BatchAnswer, chargeBatch } from './charge-batch.ts';
import type { ChargingAnswer, ChargingRequest } from './charging.ts';
import { createDayKeeper } from './days.ts';
import { type Located, locateRequests } from './locate-requests.ts';
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
};

type Waiting = { readonly request: ChargingRequest; readonly answer: (answer: ChargingAnswer) => void };
type Ready = Waiting & { readonly located: Located };

export function createChargingEngine(
  tools: Tools,
  catalog: () => Promise<Catalog>,
  log: Pick<Log, 'error'>,
  options: EngineOptions = {},
): ChargingEngine {
  const { batchMax = 64, inFlightMax = 2, waitMsMax = 5000, waitingMax = 20_000 } = options;
  const charge = chargeWith(tools, catalog, log);
  const arriving: Waiting[] = [];
  const queue = createAccountQueue<Ready>();
  let [waiting, locating, inFlight] = [0, 0, 0];
  const idle: (() => void)[] = [];

  function wake(): void {
    if (arriving.length > 0 && locating < inFlightMax) void locate(arriving.splice(0, batchMax));
    while (inFlight < inFlightMax) {
      const batch = queue.take(batchMax);
      if (batch.length === 0) break;
      void apply(batch);
    }
    if (waiting === 0) for (const done of idle.splice(0)) done();
  }

  async function locate(taken: readonly Waiting[]): Promise<void> {
    locating += 1;
    const found = await charge.locate(taken.map(({ request }) => request));
    for (const [index, one] of taken.entries()) {
      const located = found[index] ?? 'busy';
      if (typeof located === 'string') one.answer(answerOf(located));
      else queue.add(located.accountId, { ...one, located });
    }
    locating -= 1;
    wake();
  }

  /** Those that the batch could answer have their answer before the first that it could not begins. */
  async function apply(batch: readonly Ready[]): Promise<void> {
    inFlight += 1;
    const answers = await charge.together(batch.map(({ located }) => located));
    const alone: Ready[] = [];
    for (const [index, one] of batch.entries()) {
      const answer = answers[index] ?? 'alone';
      if (answer === 'alone') alone.push(one);
      else settle(one, answer);
    }
    for (const one of alone) settle(one, await charge.alone(one.located));
    inFlight -= 1;
    wake();
  }

  function settle({ located, answer }: Ready, given: ChargingAnswer): void {
    answer(given);
    queue.done(located.accountId);
  }

  return {
    charge(request) {
      if (waiting >= waitingMax) return Promise.resolve(answerOf('busy'));
      waiting += 1;
      return inTime(waitMsMax, (answer) => {
        arriving.push({ request, answer });
        // What comes in one turn of the event loop is placed together.
        if (arriving.length === 1) queueMicrotask(wake);
      }).finally(() => {
        waiting -= 1;
        if (waiting === 0) wake();
      });
    },
    close: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        wake();
      }),
  };
}

/** The steps of a request, none of which throws: what fails is told in the log, and answered. */
function chargeWith(tools: Tools, catalog: () => Promise<Catalog>, log: Pick<Log, 'error'>) {
  const keepDay = createDayKeeper(tools.database);
  return {
    async locate(requests: readonly ChargingRequest[]): Promise<(Located | ChargingResult)[]> {
      try {
        return await locateRequests(tools.database, requests);
      } catch (error) {
        log.error({ err: error, requests: requests.length }, 'requests could not be placed');
        return [];
      }
    },
    async together(batch: readonly Located[]): Promise<readonly BatchAnswer[]> {
      try {
        await keepDay(tools.clock.transport());
        return await chargeBatch(tools, await catalog(), batch);
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
      }
    },
  };
}

/** The first answer that is given, or 'busy' when none is given in time. */
function inTime(waitMs: number, ask: (answer: (given: ChargingAnswer) => void) => void): Promise<ChargingAnswer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(answerOf('busy')), waitMs);
    ask((given) => {
      clearTimeout(timer);
      resolve(given);
    });
  });
}

function answerOf(result: ChargingResult): ChargingAnswer {
  return { result, items: [] };
}
