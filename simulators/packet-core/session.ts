/**
 * One subscriber's session: attached or not, asking, served, refused. It does what its profile says and nothing else; the
 * packet core moves its time and brings it answers.
 */
import { RESULT } from '#channels/diameter';
import type { Courier, Delivered } from './courier.ts';
import type { CoreProfile } from './profiles.ts';
import { type AnsweredService, worstOf } from './read-answer.ts';
import { type Octets, octetsOf, type Reason, ServiceQuota } from './service-quota.ts';
import { type App, OCTETS_PER_KBPS, type Subscriber, slow, type Wanted } from './traffic.ts';
import type { RequestedService, RequestKind } from './write-request.ts';

/** `waiting`: refused or ended by the network, tries again. */
export type Phase = 'off' | 'waiting' | 'beginning' | 'open' | 'ending';

export type SessionTools = {
  readonly profile: CoreProfile;
  readonly courier: Courier;
  readonly now: () => number;
  readonly newSessionId: () => string;
  /** By app; what is not listed is of the first, and undefined is the service without a name. */
  readonly ratingGroupOf: (app: App) => number | undefined;
  /** Of the pages a stopped line may still open; undefined: this core has no such group. */
  readonly portalGroup: number | undefined;
  readonly inBackground: (work: Promise<unknown>) => void;
};

export type SessionFacts = { readonly imsi: string; readonly e164: string | undefined; visitedNetwork: string | undefined };

/** What a run-dry subscriber goes back to. */
const AFTERWARDS = { kind: 'usual', appetite: 3 } as const;
const SOON_MS = 1_000;
/** What somebody who was led to a page takes of it in a second. */
const PORTAL: Wanted = { app: 'web', up: 500n, down: 5_000n };

export class Session {
  readonly facts: SessionFacts;
  readonly subscriber: Subscriber;
  phase: Phase = 'off';
  /** What a policy function says; undefined: no limit. */
  speedKbps: number | undefined;
  /** Over all its charging sessions. */
  readonly totals = { sessions: 0, granted: 0n, passed: 0n, reported: 0n, unknown: 0n, overrun: 0n, requests: 0, reauthorised: 0 };
  readonly refusals = new Map<number, number>();
  lastRefusal: { readonly resultCode: number; readonly atMs: number } | undefined;
  /** In the last stretch of time. */
  throughputKbps = 0;
  sessionId: string | undefined;
  services: ServiceQuota[] = [];
  readonly #tools: SessionTools;
  #isOn = false;
  #isBusy = false;
  /** To be reported without another reason: a Re-Auth-Request came. */
  #isForced = false;
  #isToEnd = false;
  #number = 0;
  #tryAgainMs = 0;
  #reportedMs = 0;

  constructor(tools: SessionTools, facts: SessionFacts, subscriber: Subscriber) {
    this.#tools = tools;
    this.facts = facts;
    this.subscriber = subscriber;
  }

  /** Switched on, whether or not it is served. */
  get isAttached(): boolean {
    return this.#isOn;
  }

  start(): void {
    this.#isOn = true;
    this.#tryAgainMs = this.#tools.now();
    if (this.phase === 'off') this.phase = 'waiting';
  }

  stop(): void {
    this.#isOn = false;
    if (this.phase === 'waiting') this.phase = 'off';
    else this.#isToEnd = true;
    this.#act();
  }

  /** The network asks for a report (RAR). */
  reauthorise(): void {
    this.totals.reauthorised += 1;
    this.#isForced = true;
    this.#act();
  }

  /** The network ends it (ASR). */
  abort(): void {
    this.#isToEnd = true;
    this.#act();
  }

  /** `ms` go by from now on. */
  pass(ms: number): void {
    const nowMs = this.#tools.now();
    if (this.subscriber.traffic.kind === 'run_dry' && (this.speedKbps !== undefined || this.lastRefusal !== undefined || this.#isLed))
      this.subscriber.traffic = AFTERWARDS;
    const all = this.subscriber.want(nowMs, ms);
    const wanted = this.#tools.profile.enforcesSpeed ? slow(all, this.speedKbps, ms) : all;
    let octets = 0n;
    if (this.phase === 'open')
      for (const one of wanted) octets += this.#serviceOf(this.#tools.ratingGroupOf(one.app)).pass(one, this.#tools.profile, nowMs);
    octets += this.#passPortal(nowMs);
    this.totals.passed += octets;
    this.throughputKbps = ms === 0 ? 0 : Math.round((Number(octets) * 1000) / ms / OCTETS_PER_KBPS);
    this.#act();
  }

  get #isLed(): boolean {
    return this.services.some(({ state }) => state === 'redirected');
  }

  /** Led to the page where one pays, people open it. */
  #passPortal(nowMs: number): bigint {
    const { portalGroup, profile } = this.#tools;
    if (portalGroup === undefined || this.phase !== 'open' || !this.#isLed) return 0n;
    return this.#serviceOf(portalGroup).pass(PORTAL, profile, nowMs);
  }

  #serviceOf(ratingGroup: number | undefined): ServiceQuota {
    let service = this.services.find((one) => one.ratingGroup === ratingGroup);
    if (service === undefined) {
      service = new ServiceQuota(ratingGroup);
      this.services.push(service);
    }
    return service;
  }

  /** Whatever is due now, one request at a time. */
  #act(): void {
    if (this.#isBusy) return;
    const { now, inBackground } = this.#tools;
    if (this.phase === 'waiting' && this.#isOn && now() >= this.#tryAgainMs) inBackground(this.#begin());
    else if (this.phase === 'open') {
      if (this.#isToEnd || this.#endsWithQuota()) inBackground(this.#end());
      else if (this.#toReport().length > 0) inBackground(this.#update());
    }
  }

  /** The last quota is used, and nothing else goes on: terminated; or the core does not know what a final unit is. */
  #endsWithQuota(): boolean {
    const { profile, now } = this.#tools;
    const ended = this.services.filter((one) => one.terms?.final !== undefined && one.due(profile, now()) !== undefined);
    if (!profile.readsFinalUnit) return ended.length > 0;
    return ended.length > 0 && this.services.every((one) => ended.includes(one) && one.terms?.final === 'terminate');
  }

  #toReport(): { readonly service: ServiceQuota; readonly reason: Reason | undefined }[] {
    const { profile, now } = this.#tools;
    return this.services.flatMap((service): { service: ServiceQuota; reason: Reason | undefined }[] => {
      const due = service.due(profile, now());
      if (due !== undefined) return [{ service, reason: due }];
      if (this.#isForced && service.state !== 'new') return [{ service, reason: 'FORCED_REAUTHORISATION' }];
      const waits = service.state === 'blocked' && !profile.asksWhenBlocked;
      const asks = service.isWanted && service.state !== 'granted' && !waits && now() >= service.askAgainMs;
      return asks ? [{ service, reason: undefined }] : [];
    });
  }

  async #begin(): Promise<void> {
    this.phase = 'beginning';
    this.sessionId = this.#tools.newSessionId();
    this.totals.sessions += 1;
    this.#number = 0;
    this.#reportedMs = this.#tools.now();
    this.services = [new ServiceQuota(this.#tools.ratingGroupOf('web'))];
    const asks = this.#tools.profile.asksAtBeginning;
    const asked = this.services.map((service) => ({ service, asks, use: undefined, reason: undefined }));
    const delivered = await this.#send('initial', asks ? asked : []);
    if (delivered.kind !== 'answered') return this.#forget(this.#tools.profile.askAgainSeconds * 1000);
    const { resultCode, services } = delivered.answer;
    const code = worstOf(resultCode, services);
    if (resultCode !== RESULT.SUCCESS || (code !== RESULT.SUCCESS && this.#tools.profile.endsAtRefusal)) {
      this.#refused(code);
      return this.#forget(this.#tools.profile.askAgainSeconds * 1000);
    }
    this.phase = 'open';
    this.#apply(asked, services, resultCode);
  }

  async #update(): Promise<void> {
    const { profile, now } = this.#tools;
    const asked = this.#toReport().map(({ service, reason }) => {
      const use = service.state === 'new' ? undefined : service.takeUse();
      // A quota that is the last one, or that nobody used, is given back without asking for another.
      return { service, reason, use, asks: reason !== 'FINAL' && reason !== 'QHT' };
    });
    this.#isForced = false;
    const final = asked.filter(({ reason }) => reason === 'FINAL');
    const delivered = await this.#send('update', asked);
    if (delivered.kind === 'silence') return this.#forget(SOON_MS);
    if (delivered.kind === 'overtaken') return;
    const { resultCode, services } = delivered.answer;
    const code = worstOf(resultCode, services);
    for (const { service } of final)
      service.refuse(service.terms?.final === 'redirect' ? 'redirected' : 'blocked', now() + profile.askAgainSeconds * 1000);
    for (const { service, reason } of asked) if (reason === 'QHT') service.refuse('blocked', now());
    if (code !== RESULT.SUCCESS) this.#refused(code);
    if (resultCode === RESULT.UNKNOWN_SESSION_ID) {
      const octets = octetsIn(asked);
      this.totals.reported -= octets;
      this.totals.unknown += octets;
      return this.#forget(SOON_MS);
    }
    if (code !== RESULT.SUCCESS && profile.endsAtRefusal) return this.#end();
    this.#apply(asked, services, resultCode);
  }

  async #end(): Promise<void> {
    this.phase = 'ending';
    this.#isToEnd = false;
    const used = this.services.map((service) => ({ service, asks: false, use: service.takeUse(), reason: 'FINAL' as const }));
    const delivered = await this.#send('termination', used);
    if (delivered.kind === 'answered') {
      const { resultCode } = delivered.answer;
      if (resultCode !== RESULT.SUCCESS) this.#refused(resultCode);
    }
    this.#forget(this.#tools.profile.askAgainSeconds * 1000);
  }

  async #send(kind: RequestKind, asked: readonly Asked[]): Promise<Delivered> {
    const { courier, now } = this.#tools;
    this.#isBusy = true;
    const sessionId = this.sessionId ?? '';
    const seconds = Math.floor((now() - this.#reportedMs) / 1000);
    this.#reportedMs = now();
    const services: RequestedService[] = asked.map(({ service: { ratingGroup }, asks, use, reason }) => ({
      ratingGroup,
      asks,
      use,
      seconds,
      reason,
    }));
    let delivered: Delivered;
    do {
      const number = this.#number;
      this.#number += 1;
      this.totals.requests += 1;
      delivered = await courier.deliver({ sessionId, kind, number, ...this.facts, services, atMs: now() });
    } while (delivered.kind === 'silence' && kind === 'update' && courier.renumbers());
    this.#isBusy = false;
    if (delivered.kind === 'silence') this.totals.unknown += octetsIn(asked);
    else this.totals.reported += octetsIn(asked);
    if (delivered.kind === 'answered') courier.release(sessionId);
    return delivered;
  }

  #apply(asked: readonly Asked[], services: readonly AnsweredService[], commandCode: number): void {
    const { profile, now } = this.#tools;
    for (const { service, asks } of asked) {
      if (!asks) continue;
      const told = services.find(({ ratingGroup }) => ratingGroup === service.ratingGroup);
      const code = told?.resultCode ?? commandCode;
      if (code === RESULT.CREDIT_CONTROL_NOT_APPLICABLE) service.state = 'free';
      else if (code === RESULT.SUCCESS && told?.terms !== undefined) {
        service.grant(told.terms, now());
        this.totals.granted += told.terms.granted;
        this.lastRefusal = undefined;
      } else if (code === RESULT.SUCCESS && told?.led !== undefined && profile.readsFinalUnit)
        service.refuse('redirected', now() + (told.led.validitySeconds ?? profile.askAgainSeconds) * 1000, told.led.to);
      // Without a grant a user plane that knows no quota has nothing to measure against: it lets everything through.
      else if (code === RESULT.SUCCESS && !profile.stopsAtQuota) service.state = 'free';
      else service.refuse(service.state === 'redirected' ? 'redirected' : 'blocked', now() + profile.askAgainSeconds * 1000);
    }
  }

  #refused(resultCode: number): void {
    this.refusals.set(resultCode, (this.refusals.get(resultCode) ?? 0) + 1);
    this.lastRefusal = { resultCode, atMs: this.#tools.now() };
  }

  /** Nothing of it is left; what passed and was not told cannot be told any more. */
  #forget(tryAgainMs: number): void {
    for (const service of this.services) {
      this.totals.unknown += octetsOf(service.takeUse());
      this.totals.overrun += service.overrun;
    }
    this.services = [];
    this.sessionId = undefined;
    this.#isForced = false;
    this.#isToEnd = false;
    this.phase = this.#isOn ? 'waiting' : 'off';
    this.#tryAgainMs = this.#tools.now() + tryAgainMs;
  }
}

type Asked = {
  readonly service: ServiceQuota;
  readonly asks: boolean;
  readonly use: Octets | undefined;
  readonly reason: Reason | undefined;
};

function octetsIn(asked: readonly Asked[]): bigint {
  return asked.reduce((sum, { use }) => sum + (use === undefined ? 0n : octetsOf(use)), 0n);
}
