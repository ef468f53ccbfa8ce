/**
 * An engine that goes on for a little while when the database is away (G8): what it answers then is on this machine's disk before it
 * is answered, and is charged afterwards, in order, under the keys it came with, so that each use is debited once. Without a journal
 * that can be written it is the engine it stands before.
 */

import type { Clock } from '#platform/clock';
import type { Journal, OpenedJournal } from '#platform/journal';
import type { Log } from '#platform/log';
import type { ChargingAnswer, ChargingRequest } from '../charging.ts';
import type { ChargingEngine } from '../create-engine.ts';
import { utcDay } from '../days.ts';
import { countDay, countsOf } from './count-day.ts';
import { decideEmergency } from './decide-emergency.ts';
import { type EmergencyLimits, type KeptAnswer, type KeptEntry, keepRequest, lineNameOf, readKept, sessionNameOf } from './emergency.ts';

export type EmergencyEngine = ChargingEngine & {
  /** Charges what was answered meanwhile, as far as the database answers. Again and again, from whoever looks after the node. */
  replay(): Promise<void>;
  readonly figures: () => EmergencyFigures;
};

export type EmergencyFigures = {
  /** Since the start: answers given without the books, octets granted, requests that could be given nothing, answers replayed. */
  readonly answered: number;
  readonly grantedOctets: bigint;
  readonly refused: number;
  readonly replayed: number;
  /** Answers that wait to be replayed. */
  readonly waiting: number;
  /** Counted towards today's cap. */
  readonly todayOctets: bigint;
};

export type EmergencyOptions = {
  readonly engine: ChargingEngine;
  readonly opened: OpenedJournal<KeptEntry>;
  readonly limits: EmergencyLimits;
  /** Asked before anything is given: an engine that is merely busy is no emergency. */
  readonly isReachable: () => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'error' | 'warn' | 'info'>;
};

/** Known to be away, it is asked again after so long; until then nobody waits for it. */
const AWAY_MS = 1_000;
const SESSIONS_AT_ONCE = 32;
/** Answers given here are given again to who repeats, and lines that were refused are known: so many, the latest. */
const REMEMBERED_MAX = 50_000;

export function createEmergencyEngine(options: EmergencyOptions): EmergencyEngine {
  return new Emergency(options);
}

class Emergency implements EmergencyEngine {
  readonly #options: EmergencyOptions;
  readonly #journal: Journal<KeptEntry>;
  readonly #count: ReturnType<typeof countDay>;
  /** By session, in order. */
  readonly #waiting = new Map<string, KeptAnswer[]>();
  readonly #replaying = new Map<string, Promise<boolean>>();
  readonly #remembered = new Map<string, ChargingAnswer>();
  readonly #refusedLines = new Map<string, true>();
  readonly #answering = new Map<string, Promise<ChargingAnswer>>();
  #adding = 0;
  #awayUntilMs = 0;
  /** The journal holds what is charged already. */
  #isToForget = true;
  #figures = { answered: 0, grantedOctets: 0n, refused: 0, replayed: 0 };

  constructor(options: EmergencyOptions) {
    const { opened, limits } = options;
    this.#options = options;
    this.#journal = opened.journal;
    this.#count = countDay(
      limits,
      countsOf(opened.entries, ({ request }) => lineNameOf(request)),
    );
    for (const entry of opened.entries) if (entry.kind === 'answer') this.#wait(entry);
  }

  figures(): EmergencyFigures {
    const waiting = [...this.#waiting.values()].reduce((sum, entries) => sum + entries.length, 0);
    return { ...this.#figures, waiting, todayOctets: this.#count.given(this.#today()) };
  }

  async charge(request: ChargingRequest): Promise<ChargingAnswer> {
    const session = sessionNameOf(request);
    const known = this.#answerBefore(session, request.key);
    if (known !== undefined) return known;
    if (this.#isAway()) return this.#answerAlone(request);
    // What its session did meanwhile comes first, or it would be late.
    if (this.#waiting.has(session) && !(await this.#replaySession(session))) return this.#answerAlone(request);
    const answer = await this.#options.engine.charge(request);
    if (answer.result !== 'busy') {
      this.#noteLine(request, answer);
      return answer;
    }
    if (await this.#options.isReachable()) return answer;
    this.#awayUntilMs = this.#nowMs() + AWAY_MS;
    return this.#answerAlone(request);
  }

  async replay(): Promise<void> {
    const sessions = [...this.#waiting.keys()];
    const next = async () => {
      for (let session = sessions.shift(); session !== undefined; session = sessions.shift())
        if (!(await this.#replaySession(session))) sessions.length = 0;
    };
    await Promise.all(Array.from({ length: SESSIONS_AT_ONCE }, next));
    // What is being written waits for nobody yet: it would be forgotten.
    if (this.#waiting.size > 0 || this.#adding > 0 || sessions.length > 0 || !this.#isToForget) return;
    this.#isToForget = false;
    await this.#journal.replace([this.#count.keep()]).catch((error: unknown) => {
      this.#isToForget = true;
      this.#options.log.error({ err: error }, 'the emergency journal was replayed and could not be emptied; it is replayed again');
    });
  }

  async close(): Promise<void> {
    await this.#options.engine.close();
    await this.#journal.close();
  }

  /** Told already while the database was away: the same again (G1). */
  #answerBefore(session: string, key: string): ChargingAnswer | undefined {
    const waiting = this.#waiting.get(session)?.find(({ request }) => request.key === key);
    return waiting?.answer ?? this.#remembered.get(`${session}\n${key}`);
  }

  /** One and the same request that comes twice at once is answered once. */
  #answerAlone(request: ChargingRequest): Promise<ChargingAnswer> {
    const name = `${sessionNameOf(request)}\n${request.key}`;
    const answering = this.#answering.get(name) ?? this.#takeDown(request).finally(() => this.#answering.delete(name));
    this.#answering.set(name, answering);
    return answering;
  }

  async #takeDown(request: ChargingRequest): Promise<ChargingAnswer> {
    const { limits, log } = this.#options;
    const busy: ChargingAnswer = { result: 'busy', items: [] };
    const [day, line, session] = [this.#today(), lineNameOf(request), sessionNameOf(request)];
    const unused = this.#unusedOf(session, request);
    const decided =
      request.operation === 'begin' && this.#refusedLines.has(line)
        ? undefined
        : decideEmergency(request, this.#count.left(day, line) + unused, limits);
    if (decided === undefined) {
      this.#figures.refused += 1;
      return busy;
    }
    const { answer, granted } = decided;
    const entry: KeptAnswer = { kind: 'answer', request: keepRequest(request), answer, day, counted: granted - unused };
    this.#count.add(day, line, entry.counted);
    this.#adding += 1;
    try {
      await this.#journal.append(entry);
    } catch (error) {
      // No journal disk, no emergency quota.
      this.#count.add(day, line, -entry.counted);
      this.#figures.refused += 1;
      log.error({ err: error }, 'the emergency journal takes nothing: no emergency quota');
      return busy;
    } finally {
      this.#adding -= 1;
    }
    this.#isToForget = true;
    this.#wait(entry);
    this.#figures.answered += 1;
    this.#figures.grantedOctets += granted;
    if (granted === 0n && request.operation === 'update') this.#figures.refused += 1;
    return answer;
  }

  /** What a session gives back of the quota it got here last. */
  #unusedOf(session: string, { items }: ChargingRequest): bigint {
    const last = this.#waiting.get(session)?.at(-1);
    if (last === undefined) return 0n;
    const granted = last.answer.items.reduce((sum, item) => sum + (item.granted ?? 0n), 0n);
    const used = items.reduce((sum, item) => sum + (item.used ?? 0n), 0n);
    return granted > used ? granted - used : 0n;
  }

  #wait(entry: KeptAnswer): void {
    const session = sessionNameOf(entry.request);
    const entries = this.#waiting.get(session);
    if (entries === undefined) this.#waiting.set(session, [entry]);
    else entries.push(entry);
  }

  /** Whether nothing of it waits any more. One at a time for each session: order is what it is about. */
  #replaySession(session: string): Promise<boolean> {
    const running = this.#replaying.get(session);
    if (running !== undefined) return running;
    const replayed = this.#replayInOrder(session).finally(() => this.#replaying.delete(session));
    this.#replaying.set(session, replayed);
    return replayed;
  }

  async #replayInOrder(session: string): Promise<boolean> {
    const entries = this.#waiting.get(session) ?? [];
    for (let [entry] = entries; entry !== undefined; [entry] = entries) {
      const { result } = await this.#options.engine.charge(readKept(entry.request));
      if (result === 'busy') return false;
      if (result !== 'success')
        this.#options.log.warn({ session: entry.request.reference, result }, 'what was given in an emergency is refused now');
      remember(this.#remembered, `${session}\n${entry.request.key}`, entry.answer);
      entries.shift();
      this.#figures.replayed += 1;
    }
    this.#waiting.delete(session);
    return true;
  }

  /** Whom nothing was left for the last time is given nothing unasked either. */
  #noteLine(request: ChargingRequest, { result, items }: ChargingAnswer): void {
    if (request.kind !== 'data' || request.operation === 'end') return;
    const isRefused = result !== 'success' || (items.length > 0 && items.every((item) => item.result !== 'success'));
    const line = lineNameOf(request);
    if (isRefused && result !== 'unknown_session') remember(this.#refusedLines, line, true);
    else this.#refusedLines.delete(line);
  }

  #isAway(): boolean {
    return this.#nowMs() < this.#awayUntilMs;
  }

  #today(): string {
    return utcDay(this.#options.clock.transport());
  }

  #nowMs(): number {
    return this.#options.clock.transport().getTime();
  }
}

/** The latest so many; what was added first is forgotten first. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > REMEMBERED_MAX) for (const [first] of map) return void map.delete(first);
}
