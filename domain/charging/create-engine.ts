/**
 * The engine of one node: takes requests as they come, applies them in micro-batches of one durable commit each, and answers
 * each in time, definitely (G8). An account is in one batch at a time; a batch that fails is run again one by one.
 */
import type { Catalog } from '#domain/catalog';
import type { Log } from '#platform/log';
import type { Tools } from '#platform/tools';
import { chargeAlone } from './charge-alone.ts';
import { chargeBatch } from './charge-batch.ts';
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
type Ready = { readonly located: Located; readonly answer: (answer: ChargingAnswer) => void };

export function createChargingEngine(
  tools: Tools,
  catalog: () => Promise<Catalog>,
  log: Pick<Log, 'error'>,
  options: EngineOptions = {},
): ChargingEngine {
  const { batchMax = 64, inFlightMax = 2, waitMsMax = 5000, waitingMax = 20_000 } = options;
  const keepDay = createDayKeeper(tools.database);
  const arriving: Waiting[] = [];
  const ready: Ready[] = [];
  const busyAccounts = new Set<bigint>();
  let waiting = 0;
  let locating = 0;
  let inFlight = 0;
  let idle: (() => void)[] = [];

  function wake(): void {
    if (arriving.length > 0 && locating < inFlightMax) void locate();
    while (inFlight < inFlightMax) {
      const batch = takeBatch();
      if (batch.length === 0) break;
      void apply(batch);
    }
    if (waiting === 0) {
      for (const done of idle) done();
      idle = [];
    }
  }

  async function locate(): Promise<void> {
    const taken = arriving.splice(0, batchMax);
    locating += 1;
    try {
      const found = await locateRequests(
        tools.database,
        taken.map(({ request }) => request),
      );
      for (const [index, one] of taken.entries()) {
        const located = found[index];
        if (typeof located === 'object') ready.push({ located, answer: one.answer });
        else one.answer(answerOf(located ?? 'unknown_session'));
      }
    } catch (error) {
      log.error({ err: error, requests: taken.length }, 'requests could not be placed');
      for (const { answer } of taken) answer(answerOf('busy'));
    } finally {
      locating -= 1;
      wake();
    }
  }

  /** In order of coming, one an account; those of accounts that are busy keep their place. */
  function takeBatch(): Ready[] {
    const batch: Ready[] = [];
    const passed = new Set<bigint>();
    for (let index = 0; index < ready.length && batch.length < batchMax; ) {
      const one = ready[index] as Ready;
      const { accountId } = one.located;
      if (busyAccounts.has(accountId) || passed.has(accountId)) {
        passed.add(accountId);
        index += 1;
        continue;
      }
      passed.add(accountId);
      batch.push(one);
      ready.splice(index, 1);
    }
    for (const { located } of batch) busyAccounts.add(located.accountId);
    return batch;
  }

  async function apply(batch: readonly Ready[]): Promise<void> {
    inFlight += 1;
    try {
      await keepDay(tools.clock.transport());
      const terms = await catalog();
      const answers = await chargeBatch(
        tools,
        terms,
        batch.map(({ located }) => located),
      ).catch((error: unknown) => {
        log.error({ err: error, requests: batch.length }, 'a batch failed and is run one by one');
        return batch.map(() => 'alone' as const);
      });
      for (const [index, one] of batch.entries()) {
        const answer = answers[index] ?? 'alone';
        one.answer(answer === 'alone' ? await alone(terms, one) : answer);
      }
    } catch (error) {
      log.error({ err: error, requests: batch.length }, 'requests could not be charged');
      for (const { answer } of batch) answer(answerOf('busy'));
    } finally {
      for (const { located } of batch) busyAccounts.delete(located.accountId);
      inFlight -= 1;
      wake();
    }
  }

  async function alone(terms: Catalog, { located }: Ready): Promise<ChargingAnswer> {
    try {
      return await chargeAlone(tools, terms, located);
    } catch (error) {
      log.error({ err: error, session: located.request.reference }, 'a request could not be charged');
      return answerOf('busy');
    }
  }

  return {
    charge(request) {
      if (waiting >= waitingMax) return Promise.resolve(answerOf('busy'));
      return new Promise((resolve) => {
        waiting += 1;
        let answered = false;
        const timer = setTimeout(() => answer(answerOf('busy')), waitMsMax);
        const answer = (given: ChargingAnswer) => {
          if (answered) return;
          answered = true;
          clearTimeout(timer);
          waiting -= 1;
          resolve(given);
        };
        arriving.push({ request, answer });
        // What comes in one turn of the event loop is placed together.
        if (arriving.length === 1) queueMicrotask(wake);
      });
    },
    close: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        wake();
      }),
  };
}

function answerOf(result: ChargingResult): ChargingAnswer {
  return { result, items: [] };
}
